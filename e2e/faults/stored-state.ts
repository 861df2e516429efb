import { Client } from 'pg';

/** A row of history with its names: which price of whom was seen when. */
export type StoredVersion = {
  readonly event: string;
  readonly bookmaker: string;
  readonly market: string;
  readonly line: number | null;
  readonly observedAtMs: number;
  readonly outcomes: string;
};

export type StoredAlertRow = {
  /** With the producer's id of the match in place of ours. */
  readonly alertKey: string;
  readonly occurrences: number;
  readonly severity: number;
  readonly oldMilliOdds: number | null;
  readonly newMilliOdds: number | null;
  readonly seq: number;
};

export type StoredDesk = {
  readonly watermark: { readonly epoch: string; readonly seq: number; readonly alertTotal: number };
  readonly alerts: readonly StoredAlertRow[];
  /** Answers by their Idempotency-Key. */
  readonly answers: ReadonlyMap<string, unknown>;
  readonly versions: readonly StoredVersion[];
  /** The current rows, as history would have their newest version. */
  readonly current: readonly StoredVersion[];
  readonly memory: ReadonlyMap<string, unknown>;
};

/** Names a version by everything that a producer knows of it. */
export const versionKey = (version: StoredVersion): string =>
  [version.event, version.bookmaker, version.market, version.line ?? '', version.observedAtMs, version.outcomes].join(
    '|',
  );

/** Reads the desk's tables in one snapshot, past Linewatch. */
export async function readStoredDesk(url: string): Promise<StoredDesk> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const rowsOf = async <Row extends object>(sql: string): Promise<Row[]> => (await client.query<Row>(sql)).rows;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const [watermark] = await rowsOf<{ epoch: string; seq: string; alert_total: string }>('SELECT * FROM watermark');
    if (watermark === undefined) throw new Error('the watermark row is gone');
    const alerts = await rowsOf<{
      alert_key: string;
      occurrences: number;
      severity: number;
      old_milli_odds: number | null;
      new_milli_odds: number | null;
      seq: string;
    }>(
      `SELECT event.source_key || '|' || substr(alert_key, strpos(alert_key, '|') + 1) AS alert_key, occurrences, severity,
         old_milli_odds, new_milli_odds, seq
       FROM alert JOIN event ON event.id = event_id`,
    );
    const answers = await rowsOf<{ key: string; answer: unknown }>('SELECT key, answer FROM ingest_batch');
    const quote = `event.source_key AS event, bookmaker.name AS bookmaker, market, line`;
    const named = `JOIN event ON event.id = event_id JOIN bookmaker ON bookmaker.id = bookmaker_id`;
    const versions = await rowsOf<VersionRow>(
      `SELECT ${quote}, history.observed_at AS at, history.outcomes::text AS outcomes
       FROM odds_history history JOIN odds_current ON odds_current.id = quote_id ${named} ORDER BY history.id`,
    );
    const current = await rowsOf<VersionRow>(
      `SELECT ${quote}, observed_at AS at, outcomes::text AS outcomes FROM odds_current ${named}`,
    );
    const memory = await rowsOf<{ event: string; key: string; state: unknown }>(
      `SELECT event.source_key AS event, key, state FROM detection_state JOIN event ON event.id = event_id`,
    );
    return {
      watermark: { epoch: watermark.epoch, seq: Number(watermark.seq), alertTotal: Number(watermark.alert_total) },
      alerts: alerts.map((alert) => ({
        alertKey: alert.alert_key,
        occurrences: alert.occurrences,
        severity: alert.severity,
        oldMilliOdds: alert.old_milli_odds,
        newMilliOdds: alert.new_milli_odds,
        seq: Number(alert.seq),
      })),
      answers: new Map(answers.map((row) => [row.key, row.answer])),
      versions: versions.map(toVersion),
      current: current.map(toVersion),
      memory: new Map(memory.map((row) => [`${row.event}|${row.key}`, row.state])),
    };
  } finally {
    await client.end();
  }
}

type VersionRow = Omit<StoredVersion, 'observedAtMs'> & { readonly at: Date };

const toVersion = ({ at, outcomes, ...row }: VersionRow): StoredVersion => ({
  ...row,
  observedAtMs: at.getTime(),
  // PostgreSQL writes JSON with spaces.
  outcomes: JSON.stringify(JSON.parse(outcomes)),
});

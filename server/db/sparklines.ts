import { alertIdSchema } from '../../contracts/ids.ts';
import { fromMilliOdds } from '../../contracts/market.ts';
import {
  SPARKLINE_MINUTES,
  type Sparkline,
  type SparklineList,
  type SparklineQuery,
} from '../../contracts/sparkline.ts';
import { storedOutcomesSchema } from './event-odds.ts';
import type { QuoteState } from './generated/client.ts';
import { type Reader, instant } from './query.ts';
import { readWatermark } from './watermark.ts';

const MINUTE_MS = 60_000;
/** A sparkline is some 90 pixels wide: of each step of this length only the last price is told. */
const STEP_MS = 2 * MINUTE_MS;
/** Versions read of one quote; the newest ones when a book changes more often than every eight seconds. */
const MAX_VERSIONS = 900;

type VersionRow = {
  readonly alertId: bigint;
  readonly outcome: string | null;
  readonly until: Date;
  readonly observedAt: Date | null;
  readonly state: QuoteState | null;
  readonly outcomes: unknown;
};

/**
 * The latest two hours of many alerts' prices in one query. Each ends at `nowMs`, or at the kickoff of its match;
 * its first point is the price then in force.
 */
export async function readSparklines(reader: Reader, { ids }: SparklineQuery, nowMs: number): Promise<SparklineList> {
  const watermark = await readWatermark(reader);
  const span = `${SPARKLINE_MINUTES} minutes`;
  const rows = await reader.$queryRaw<VersionRow[]>`
    SELECT wanted.id AS "alertId", wanted.outcome, wanted.until,
      version.observed_at AS "observedAt", version.state::text AS state, version.outcomes
    FROM (
      SELECT alert.*, least(alert.kickoff, ${instant(nowMs)}) AS until
      FROM alert WHERE alert.id = ANY(${[...ids]}::bigint[])
    ) AS wanted
    LEFT JOIN odds_current AS quote ON quote.event_id = wanted.event_id AND quote.bookmaker_id = wanted.bookmaker_id
      AND quote.market = wanted.market AND quote.line IS NOT DISTINCT FROM wanted.line
    LEFT JOIN LATERAL (
      (SELECT history.id, history.observed_at, history.state, history.outcomes FROM odds_history AS history
       WHERE history.quote_id = quote.id AND history.observed_at > wanted.until - ${span}::interval
         AND history.observed_at <= wanted.until
       ORDER BY history.observed_at DESC, history.id DESC LIMIT ${MAX_VERSIONS})
      UNION ALL
      (SELECT history.id, history.observed_at, history.state, history.outcomes FROM odds_history AS history
       WHERE history.quote_id = quote.id AND history.observed_at <= wanted.until - ${span}::interval
       ORDER BY history.observed_at DESC, history.id DESC LIMIT 1)
    ) AS version ON TRUE
    ORDER BY wanted.id, version.observed_at, version.id`;
  const byAlert = Map.groupBy(rows, (row) => row.alertId);
  return { sparklines: [...byAlert.values()].map(toSparkline), ...watermark };
}

function toSparkline(rows: readonly VersionRow[]): Sparkline {
  const [first] = rows;
  if (first === undefined) throw new Error('expected a row for each alert');
  const untilMs = first.until.getTime();
  const fromMs = untilMs - SPARKLINE_MINUTES * MINUTE_MS;
  const lastOfStep = new Map<number, { readonly atMs: number; readonly odds: number | null }>();
  for (const row of rows) {
    if (row.observedAt === null) continue;
    const atMs = Math.max(row.observedAt.getTime(), fromMs);
    lastOfStep.set(Math.floor((atMs - fromMs) / STEP_MS), { atMs, odds: oddsOf(row) });
  }
  return {
    alertId: alertIdSchema.parse(Number(first.alertId)),
    from: new Date(fromMs).toISOString(),
    to: first.until.toISOString(),
    points: [...lastOfStep.values()].map(({ atMs, odds }) => ({ at: new Date(atMs).toISOString(), odds })),
  };
}

function oddsOf({ state, outcomes, outcome }: VersionRow): number | null {
  if (state !== 'open') return null;
  const stored = storedOutcomesSchema.parse(outcomes);
  const found = outcome === null ? stored[0] : stored.find(([name]) => name === outcome);
  return found === undefined || found[2] === 1 ? null : fromMilliOdds(found[1]);
}

import { setTimeout as sleep } from 'node:timers/promises';
import { type Snapshot, ingestAnswerSchema } from '../contracts/snapshot.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const BOOKMAKERS = ['draftkings', 'pinnacle', 'betmgm'] as const;
/** Lines of one body: some MB less than a body may have. */
const LINES_PER_BODY = 3_000;
/** A server that does not keep up is asked for no more; the rate that was held then says so. */
const MAX_UNDER_WAY = 20;

type Poll = {
  readonly event: string;
  readonly bookmaker: string;
  readonly home: number;
  readonly atMs: number;
  readonly kickoffMs: number;
};

function line({ event, bookmaker, home, atMs, kickoffMs }: Poll): Snapshot {
  const at = new Date(atMs).toISOString();
  return {
    t: at,
    upd: at,
    event: `bench-${event}`,
    home: `Home ${event}`,
    away: `Away ${event}`,
    league: 'Bench League',
    country: 'Benchland',
    sport: 'soccer',
    kickoff: new Date(kickoffMs).toISOString(),
    bookmaker,
    market: '1x2',
    line: null,
    outcomes: [
      { name: '1', odds: home },
      { name: 'X', odds: 3.4 },
      { name: '2', odds: 3.3 },
    ],
    suspended: false,
  };
}

/** Posts snapshots and resolves with the number of alerts that were committed. Throws when a line is refused. */
async function post(url: string, lines: readonly Snapshot[]): Promise<number> {
  const response = await fetch(`${url}/api/ingest/snapshots`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson' },
    body: lines.map((each) => JSON.stringify(each)).join('\n'),
  });
  if (!response.ok) throw new Error(`ingest answered ${response.status}: ${await response.text()}`);
  const answer = ingestAnswerSchema.parse(await response.json());
  if (answer.rejectedCount > 0) throw new Error(`ingest refused: ${JSON.stringify(answer.rejected[0])}`);
  return answer.alerts;
}

async function postAll(url: string, lines: readonly Snapshot[]): Promise<number> {
  let alerts = 0;
  for (let from = 0; from < lines.length; from += LINES_PER_BODY)
    alerts += await post(url, lines.slice(from, from + LINES_PER_BODY));
  return alerts;
}

export type Announcer = {
  /** Commits one alert: a match's own home price falls by a fifth. */
  readonly announceOne: () => Promise<void>;
  /** Commits alerts at this rate until the signal fires; resolves with how many were, and in how long. */
  readonly announceSteadily: (
    perSecond: number,
    signal: AbortSignal,
  ) => Promise<{ readonly alerts: number; readonly seconds: number }>;
};

/** A feed of matches that are all known already, each good for one alert. */
export async function createAnnouncer(url: string, matches: number): Promise<Announcer> {
  const startMs = Date.now();
  const kickoffMs = startMs + 12 * HOUR_MS;
  const names = Array.from({ length: matches }, (_unused, index) => `${startMs.toString(36)}-${index}`);
  await postAll(
    url,
    names.flatMap((event) =>
      BOOKMAKERS.map((bookmaker) => line({ event, bookmaker, home: 2.2, atMs: startMs - 10 * MINUTE_MS, kickoffMs })),
    ),
  );

  async function announceOne(): Promise<void> {
    const event = names.pop();
    if (event === undefined) throw new Error(`all ${matches} matches of the feed have moved`);
    const alerts = await post(url, [
      line({ event, bookmaker: BOOKMAKERS[0], home: 1.76, atMs: Date.now(), kickoffMs }),
    ]);
    if (alerts !== 1) throw new Error(`expected one alert of a move, got ${alerts}`);
  }

  return {
    announceOne,
    async announceSteadily(perSecond, signal) {
      const beganMs = performance.now();
      const running = new Set<Promise<void>>();
      let failure: Error | undefined;
      let alerts = 0;
      while (!signal.aborted && failure === undefined) {
        // By the clock and not by the last answer: a slow commit is caught up with, not waited for.
        const due = ((performance.now() - beganMs) / 1000) * perSecond;
        for (; alerts < due && running.size < MAX_UNDER_WAY; alerts += 1) {
          const one: Promise<void> = announceOne()
            .catch((error: unknown) => void (failure ??= new Error('an announcement failed', { cause: error })))
            .finally(() => running.delete(one));
          running.add(one);
        }
        await sleep(1000 / perSecond);
      }
      await Promise.all(running);
      if (failure !== undefined) throw failure;
      return { alerts, seconds: (performance.now() - beganMs) / 1000 };
    },
  };
}

const MATCHES_OF_A_ROUND = 1_000;

/**
 * Commits this many alerts as fast as they are taken, a thousand to a body: each round, a thousand new matches are
 * priced and then fall by a fifth. `onRound` hears how many there are.
 */
export async function announceInBulk(
  url: string,
  alerts: number,
  onRound: (committed: number) => Promise<void>,
): Promise<void> {
  const name = Date.now().toString(36);
  let committed = 0;
  for (let round = 0; committed < alerts; round += 1) {
    const nowMs = Date.now();
    const kickoffMs = nowMs + 24 * HOUR_MS;
    const events = Array.from({ length: MATCHES_OF_A_ROUND }, (_unused, index) => `${name}-${round}-${index}`);
    // The competitors stand still: without one that offers the market, a move of ours is no alert.
    const [own] = BOOKMAKERS;
    await postAll(
      url,
      events.flatMap((event) =>
        BOOKMAKERS.map((bookmaker) => line({ event, bookmaker, home: 2.2, atMs: nowMs - 10 * MINUTE_MS, kickoffMs })),
      ),
    );
    const opened = await postAll(
      url,
      events.map((event) => line({ event, bookmaker: own, home: 1.76, atMs: nowMs, kickoffMs })),
    );
    if (opened === 0) throw new Error('expected alerts of a round of moves, got none');
    committed += opened;
    await onRound(committed);
  }
}

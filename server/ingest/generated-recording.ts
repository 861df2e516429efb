import { fromMilliOdds } from '../../contracts/market.ts';
import type { Snapshot } from '../../contracts/snapshot.ts';
import type { Observation } from '../detection/observation.ts';
import { createDemoMarket } from './demo-market.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** As the recorded feeds were polled, and for as long as their small sample goes. */
const POLL_EVERY_MS = 15 * MINUTE_MS;
const RECORDED_MS = 36 * HOUR_MS;
const DEFAULT_START_MS = Date.parse('2026-03-06T21:00:00Z');

export type GeneratedRecordingOptions = {
  readonly ownBookmaker: string;
  readonly seed?: string;
  /** Time of the first poll. */
  readonly startMs?: number;
  readonly durationMs?: number;
  readonly pollEveryMs?: number;
  /** At most this many matches, those that are on offer the longest. */
  readonly events?: number;
  readonly sport?: 'soccer' | 'basketball';
  readonly markets?: readonly Snapshot['market'][];
};

/** An observation as a line of a recorded file. */
export function toSnapshot({ event, ...quote }: Observation): Snapshot {
  return {
    t: new Date(quote.observedAtMs).toISOString(),
    event: event.sourceKey,
    home: event.home,
    away: event.away,
    league: event.league,
    country: event.country,
    sport: event.sport,
    kickoff: new Date(event.kickoffMs).toISOString(),
    bookmaker: quote.bookmaker,
    market: quote.market,
    line: quote.line,
    outcomes: quote.outcomes.map(({ name, milliOdds, suspended }) => ({
      name,
      odds: fromMilliOdds(milliOdds),
      ...(suspended ? { suspended } : {}),
    })),
    suspended: quote.suspended,
    ...(quote.upstreamAtMs === null ? {} : { upd: new Date(quote.upstreamAtMs).toISOString() }),
  };
}

/**
 * A recording of the invented market in the shape of the recorded sample: whole sweeps of a few matches for 36 hours,
 * one every 15 minutes, sorted by `t`. Yields one sweep at a time; the same options give the same lines.
 */
export function* generatedSweeps(options: GeneratedRecordingOptions): Generator<readonly Snapshot[]> {
  const { startMs = DEFAULT_START_MS, durationMs = RECORDED_MS, pollEveryMs = POLL_EVERY_MS, events = 5 } = options;
  const market = createDemoMarket({
    seed: options.seed ?? 'recording',
    ownBookmaker: options.ownBookmaker,
    startMs,
    stories: false,
    pollAlways: true,
  });
  const matches = (observation: Observation): boolean =>
    (options.sport === undefined || observation.event.sport === options.sport) &&
    (options.markets === undefined || options.markets.includes(observation.market));
  let recorded: ReadonlySet<string> | undefined;
  for (let atMs = startMs; atMs < startMs + durationMs; atMs += pollEveryMs) {
    const sweep = market.poll(atMs).filter(matches);
    recorded ??= longestOffered(sweep, events);
    const chosen = recorded;
    yield sweep.filter((observation) => chosen.has(observation.event.sourceKey)).map(toSnapshot);
  }
}

function longestOffered(sweep: readonly Observation[], count: number): ReadonlySet<string> {
  const kickoffs = new Map(sweep.map(({ event }) => [event.sourceKey, event.kickoffMs]));
  const byKickoff = [...kickoffs].toSorted(([, a], [, b]) => b - a);
  return new Set(byKickoff.slice(0, count).map(([key]) => key));
}

/** The whole recording as NDJSON lines. */
export const generatedRecording = (options: GeneratedRecordingOptions): string[] =>
  [...generatedSweeps(options)].flat().map((snapshot) => JSON.stringify(snapshot));

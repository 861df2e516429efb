import type { Snapshot } from '../contracts/snapshot.ts';
import type { DeskServer } from './desk-server.ts';
import { type Prices, threeWayQuote } from './quote.ts';

const MINUTE_MS = 60_000;
const KICKOFF_AHEAD_MS = 3 * 60 * MINUTE_MS;

/** A match of the tests, known to own book and competitor. */
export type Match = { readonly home: string; readonly away: string };

/** One bookmaker's 1x2 prices of a match, polled so many minutes before `nowMs`. */
const quote = (
  match: Match,
  bookmaker: string,
  prices: Prices,
  { nowMs, minutesAgo }: { readonly nowMs: number; readonly minutesAgo: number },
): Snapshot =>
  threeWayQuote({
    ...match,
    event: `${match.home}-${match.away}`,
    bookmaker,
    prices,
    atMs: nowMs - minutesAgo * MINUTE_MS,
    kickoffMs: nowMs + KICKOFF_AHEAD_MS,
  });

/** Where the match stands before anything happens: own book and competitors agree. */
export const openingPrices = (match: Match, nowMs: number): readonly Snapshot[] =>
  ['draftkings', 'pinnacle', 'betmgm'].map((bookmaker) =>
    quote(match, bookmaker, [2.2, 3.4, 3.3], { nowMs, minutesAgo: 10 }),
  );

/** The own book's home price falls by a fifth: one critical price change. */
export const ownSteamMove = (match: Match, nowMs: number): readonly Snapshot[] => [
  quote(match, 'draftkings', [1.76, 3.4, 3.3], { nowMs, minutesAgo: 0 }),
];

/** Each match opens and then makes its move, all of them together: one critical alert each. */
export async function raiseAlerts(desk: Pick<DeskServer, 'ingest'>, ...matches: readonly Match[]): Promise<void> {
  await desk.ingest(matches.flatMap((match) => openingPrices(match, Date.now())));
  await desk.ingest(matches.flatMap((match) => ownSteamMove(match, Date.now())));
}

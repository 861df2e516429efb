import type { Snapshot } from '../contracts/snapshot.ts';
import type { Match } from './moves.ts';
import { threeWayQuote } from './quote.ts';

const MINUTE_MS = 60_000;
const BOOKS = ['draftkings', 'pinnacle', 'betmgm'] as const;

/** Matches with names that sort as they are numbered. */
export const crowdOf = (count: number): readonly Match[] =>
  Array.from({ length: count }, (_, index) => ({
    home: `Crowd ${String(index + 1).padStart(3, '0')}`,
    away: 'Visitors',
  }));

/** One poll of a match: our own home price as given, the others' as they always stand. */
const poll = (
  match: Match,
  own: number,
  at: { readonly pollMs: number; readonly kickoffMs: number },
): readonly Snapshot[] =>
  BOOKS.map((bookmaker) =>
    threeWayQuote({
      ...match,
      event: `${match.home}-${match.away}`,
      league: 'Crowded League',
      bookmaker,
      prices: [bookmaker === 'draftkings' ? own : 2.2, 3.4, 3.3],
      atMs: at.pollMs,
      kickoffMs: at.kickoffMs,
    }),
  );

const AHEAD_MS = 180 * MINUTE_MS;

/** A crowd of matches, each with one fall of our price by a fifth. They begin in the order of their numbers. */
export const crowdMoves = (matches: readonly Match[], nowMs: number): readonly Snapshot[] =>
  [10, 0].flatMap((ago) =>
    matches.flatMap((match, index) =>
      poll(match, ago === 0 ? 1.76 : 2.2, {
        pollMs: nowMs - ago * MINUTE_MS,
        kickoffMs: nowMs + AHEAD_MS + index * MINUTE_MS,
      }),
    ),
  );

/** Falls further apart than the hour within which they would be one. */
const APART_MS = 100 * MINUTE_MS;
/** The price before the fall, fallen, and back again, as our book is polled. */
const FALL = [2.2, 1.76, 2.2] as const;

/** One match whose price has fallen and come back this often over the last days: an alert for each fall at least. */
export const longStory = (match: Match, falls: number, nowMs: number): readonly Snapshot[] =>
  Array.from({ length: falls }, (_, fall) =>
    FALL.flatMap((own, index) =>
      poll(match, own, {
        pollMs: nowMs - (falls - fall) * APART_MS + index * 10 * MINUTE_MS,
        kickoffMs: nowMs + 10 * AHEAD_MS,
      }),
    ),
  ).flat();

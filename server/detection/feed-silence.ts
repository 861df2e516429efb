import type { Settings } from '../../contracts/settings.ts';
import { alertKey } from './alert-key.ts';
import type { EventState, Finding, Quote } from './detection.ts';
import { iso } from './explanation.ts';
import { paceMs } from './pace.ts';

const SECOND_MS = 1_000;

export type WatchedEvent = { readonly eventId: number; readonly state: EventState };

/** A bookmaker whose feed says nothing, and the next match that it matters for. */
export type Silence = { readonly event: WatchedEvent; readonly finding: Finding };

type Heard = { lastSeenMs: number; paceMs: number; matches: number; next: WatchedEvent; quote: Quote };

/**
 * The bookmakers that have said nothing at `nowMs` for so many of their usual intervals, and not for less than the
 * set seconds: one alert each, at the next match that they offer; one for all of them when nobody says anything.
 * Only matches to come count, and only books whose interval is known. The alert's key is made of the last word, so
 * that one silence is one alert whoever finds it. `receivedMs` is when something of a bookmaker last came in,
 * `storedMs` its last word that is stored, also by other processes: these events may be a part of all.
 */
export function findSilences(
  events: Iterable<WatchedEvent>,
  nowMs: number,
  settings: Settings,
  receivedMs: (bookmaker: string) => number = () => Number.NEGATIVE_INFINITY,
  storedMs: (bookmaker: string) => number = () => Number.NEGATIVE_INFINITY,
): Silence[] {
  const books = new Map<string, Heard>();
  for (const event of events) {
    if (event.state.kickoffMs <= nowMs) continue;
    for (const [bookmaker, book] of event.state.books) {
      const quote = [...book.quotes.values()].find((candidate) => candidate.state === 'open');
      if (quote === undefined) continue;
      const usualMs = paceMs(event.state, bookmaker);
      const heard = books.get(bookmaker);
      if (heard === undefined) {
        const lastSeenMs = Math.max(book.lastSeenMs, storedMs(bookmaker));
        books.set(bookmaker, { lastSeenMs, paceMs: usualMs, matches: 1, next: event, quote });
        continue;
      }
      heard.lastSeenMs = Math.max(heard.lastSeenMs, book.lastSeenMs);
      heard.paceMs = Math.max(heard.paceMs, usualMs);
      heard.matches += 1;
      const isSooner = event.state.kickoffMs < heard.next.state.kickoffMs;
      if (isSooner) Object.assign(heard, { next: event, quote });
    }
  }
  const silent = [...books].filter(([bookmaker, heard]) => {
    const allowedMs = Math.max(
      settings.feedSilentAfterSeconds * SECOND_MS,
      settings.feedSilentIntervals * heard.paceMs,
    );
    // Old prices that have just come are late, and no silence.
    return heard.paceMs > 0 && nowMs - Math.max(heard.lastSeenMs, receivedMs(bookmaker)) > allowedMs;
  });
  const last = silent.toSorted(([, one], [, other]) => other.lastSeenMs - one.lastSeenMs)[0];
  const isEverybody = silent.length === books.size && silent.length > 1;
  if (isEverybody && last !== undefined) return [toSilence(last, nowMs, settings, true)];
  return silent.map((each) => toSilence(each, nowMs, settings, false));
}

function toSilence(
  [bookmaker, heard]: readonly [string, Heard],
  nowMs: number,
  settings: Settings,
  isEverybody: boolean,
): Silence {
  const { lastSeenMs, matches, next, quote } = heard;
  const { market } = quote;
  const isOwn = bookmaker === settings.ownBookmaker;
  const seconds = Math.round((nowMs - lastSeenMs) / SECOND_MS);
  const what = isEverybody ? 'No feed has said anything' : `The feed of ${bookmaker} has said nothing`;
  const named = { eventId: 0, type: 'feed_silent', bookmaker, market, line: null, outcome: null } as const;
  return {
    event: next,
    finding: {
      alertKey: alertKey(named, isEverybody ? 'all' : 'one', lastSeenMs),
      type: 'feed_silent',
      severity: isOwn || isEverybody ? 'critical' : 'elevated',
      bookmaker,
      market,
      line: null,
      outcome: null,
      oldMilliOdds: null,
      newMilliOdds: null,
      changeBasisPoints: null,
      probabilityBasisPoints: null,
      competitor: null,
      availability: null,
      occurrences: 1,
      openedAtMs: nowMs,
      isNews: true,
      explanation: {
        rule: `${what} for ${seconds} seconds: prices of ${matches} matches are stale, and detection on them pauses.`,
        base: { odds: null, at: iso(lastSeenMs) },
        observedAt: iso(nowMs),
        thresholds: {
          silentAfterSeconds: settings.feedSilentAfterSeconds,
          silentIntervals: settings.feedSilentIntervals,
        },
        severityInputs: {
          own: isOwn,
          everybody: isEverybody,
          silentSeconds: seconds,
          intervalSeconds: heard.paceMs / SECOND_MS,
          matches,
        },
        books: [],
      },
    },
  };
}

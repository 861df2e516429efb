import type { Page } from 'playwright/test';
import type { Snapshot } from '../contracts/snapshot.ts';
import type { Match } from './moves.ts';
import { type Prices, threeWayQuote } from './quote.ts';

const MINUTE_MS = 60_000;
const KICKOFF_AHEAD_MINUTES = 90;

type Poll = { readonly minutesAgo: number; readonly prices: Prices; readonly suspended?: boolean };

/** One bookmaker's polls of a match's 1x2, told in minutes before `nowMs`. */
export const polls = (match: Match, bookmaker: string, nowMs: number, told: readonly Poll[]): readonly Snapshot[] =>
  told.map(({ minutesAgo, prices, suspended = false }) =>
    threeWayQuote({
      ...match,
      event: `${match.home}-${match.away}`,
      bookmaker,
      prices,
      suspended,
      atMs: nowMs - minutesAgo * MINUTE_MS,
      kickoffMs: nowMs + KICKOFF_AHEAD_MINUTES * MINUTE_MS,
    }),
  );

/**
 * Six hours of a match at three books: ours is shut for half an hour, then its home price falls by a fifth with
 * pinnacle's, while betmgm stands still. In the order of time, as a feed sends it.
 */
export function priceStory(match: Match, nowMs: number): readonly Snapshot[] {
  const quiet: Prices = [2.2, 3.4, 3.3];
  const fallen: Prices = [1.76, 3.6, 4.4];
  const followed: Prices = [1.95, 3.5, 3.8];
  const grid = Array.from({ length: 24 }, (_unused, index) => 360 - index * 15);
  const calm = (bookmaker: string) =>
    polls(
      match,
      bookmaker,
      nowMs,
      grid.map((minutesAgo) => ({ minutesAgo, prices: quiet })),
    );
  const own = grid.map((minutesAgo) => ({
    minutesAgo,
    prices: minutesAgo <= 30 ? fallen : quiet,
    suspended: minutesAgo <= 180 && minutesAgo > 150,
  }));
  const following = grid.map((minutesAgo) => ({
    minutesAgo,
    prices: minutesAgo <= 45 ? followed : quiet,
  }));
  return [
    ...polls(match, 'draftkings', nowMs, own),
    ...polls(match, 'pinnacle', nowMs, following),
    ...calm('betmgm'),
  ].toSorted((a, b) => (a.t < b.t ? -1 : Number(a.t > b.t)));
}

/** The critical alert that a story ends with: of our own book's home price. */
export async function storyAlert(page: Page): Promise<{ readonly id: number; readonly eventId: number }> {
  const answer = await page.request.get('/api/alerts?type=price_change&bookmaker=draftkings&severity=critical');
  const { alerts } = await answer.json();
  return alerts.find(({ outcome }: { outcome: string }) => outcome === '1');
}

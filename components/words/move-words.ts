import { CONSENSUS } from '../../contracts/alert-words.ts';
import type { Alert } from '../../contracts/alert.ts';

/** Shortening is the dangerous side: money comes in on a price that we still offer. */
export type MoveSide = 'shortening' | 'drifting' | 'none';

export function moveSide(alert: Pick<Alert, 'changePercent'>): MoveSide {
  if (alert.changePercent === null || alert.changePercent === 0) return 'none';
  return alert.changePercent < 0 ? 'shortening' : 'drifting';
}

const AVAILABILITY_WORDS = { suspended: 'suspended', removed: 'taken down', returned: 'back again' } as const;

/** What happened where no price tells it; null where the price does. */
export function happeningWords(alert: Pick<Alert, 'availability' | 'type'>): string | null {
  if (alert.availability !== null) return AVAILABILITY_WORDS[alert.availability];
  return alert.type === 'feed_silent' ? 'feed silent' : null;
}

/** An alert about a price that stands still against another one: both of them, and whose the other is. Null where prices moved. */
export function standingPrices(
  alert: Pick<Alert, 'oldOdds' | 'newOdds' | 'competitor'>,
): { readonly odds: number; readonly otherOdds: number; readonly other: string } | null {
  const { newOdds, competitor } = alert;
  if (newOdds === null || alert.oldOdds !== newOdds) return null;
  if (competitor === null || competitor.newOdds === null) return null;
  return { odds: newOdds, otherOdds: competitor.newOdds, other: competitor.bookmaker };
}

/** What the others do, in a narrow column. */
const SHORT_DIRECTIONS = { shortening: 'shorten', drifting: 'drift' } as const;

/** The same in a row, beside the book that the alert is about: `they shorten`, `pinnacle drifts`, `v consensus`. */
export function againstWords({ competitor }: Pick<Alert, 'competitor'>): string {
  if (competitor === null) return '';
  const { bookmaker, direction } = competitor;
  if (direction === null) return `v ${bookmaker}`;
  return bookmaker === CONSENSUS
    ? `they ${SHORT_DIRECTIONS[direction]}`
    : `${bookmaker} ${SHORT_DIRECTIONS[direction]}s`;
}

/** Who stands on the other side of the alert: `pinnacle drifting`; empty where nobody does. */
export function competitorWords(alert: Pick<Alert, 'competitor'>): string {
  if (alert.competitor === null) return '';
  const { bookmaker, direction } = alert.competitor;
  return direction === null ? bookmaker : `${bookmaker} ${direction}`;
}

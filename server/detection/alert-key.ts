import type { AlertType } from '../../contracts/alert.ts';
import type { Market } from '../../contracts/market.ts';

type Move = {
  readonly eventId: number;
  readonly type: AlertType;
  readonly bookmaker: string;
  readonly market: Market;
  readonly line: number | null;
  readonly outcome: string | null;
};

/** Keeps names that contain the separator from meaning something else. */
const escaped = (part: string | number | null): string => `${part ?? ''}`.replace(/[|%]/g, encodeURIComponent);

/**
 * Names the move itself: `event|type|bookmaker|market|line|outcome|…what opened it`. The same data found again,
 * after a restart or by another writer, gives the same key, and so the same stored alert.
 */
export const alertKey = (move: Move, ...openedBy: readonly (string | number)[]): string =>
  [move.eventId, move.type, move.bookmaker, move.market, move.line, move.outcome, ...openedBy].map(escaped).join('|');

import { namedIn } from '../../contracts/named-in.ts';
import type { Direction } from '../../contracts/alert.ts';
import type { Market } from '../../contracts/market.ts';
import type { Settings } from '../../contracts/settings.ts';

/** A move as far as it says what a book thinks now. */
export type Opinion = {
  readonly market: Market;
  readonly line: number | null;
  readonly outcome: string;
  readonly direction: Direction;
};

/** Which side an outcome is on: 1 for home, over and yes, −1 for the other; a draw and `12` are on neither. */
const SIDES: Readonly<Record<string, number>> = {
  '1': 1,
  '1X': 1,
  over: 1,
  yes: 1,
  '2': -1,
  X2: -1,
  under: -1,
  no: -1,
};

/**
 * Whether two moves are one opinion: the same outcome the same way, or two outcomes of a market at each other's expense;
 * in other lines, and in other markets of the same group, what favours the same side.
 */
export function isSameOpinion(one: Opinion, other: Opinion, settings: Settings): boolean {
  const isSameWay = one.direction === other.direction;
  if (one.market === other.market && one.line === other.line)
    return one.outcome === other.outcome ? isSameWay : settings.foldOutcomes && !isSameWay;
  const group = settings.foldMarkets.find((markets) => markets.includes(one.market));
  if (group === undefined || !group.includes(other.market)) return false;
  const product = (namedIn(SIDES, one.outcome) ?? 0) * (namedIn(SIDES, other.outcome) ?? 0);
  return settings.foldOutcomes ? product === (isSameWay ? 1 : -1) : product === 1 && isSameWay;
}

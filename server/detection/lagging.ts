import type { Settings } from '../../contracts/settings.ts';
import type { Others } from './consensus.ts';
import { consensusMove, windowMove } from './consensus-move.ts';
import type { EventState, Quote } from './detection.ts';
import { fairOf } from './fair-prices.ts';

/** The market shortened an outcome and we did not follow. */
export type Lag = {
  readonly consensusPercent: number;
  readonly ownPercent: number;
  readonly ownFair: number;
  readonly consensusFair: number;
  readonly votes: number;
};

/**
 * Whether we lag behind on an outcome: the consensus shortened by the warning band within the look-back, our price
 * by less than the set share of it, and ours is now the longer one by the floor in points. Null when not.
 */
export function lagOf(
  state: EventState,
  own: Quote,
  { outcome, votes, consensus }: Others,
  atMs: number,
  settings: Settings,
): Lag | null {
  // The cheapest question first: hardly ever is ours the longer one.
  const ownFair = fairOf(own, outcome);
  if (ownFair === null || consensus === null) return null;
  if ((consensus.fair - ownFair) * 100 < settings.priceChangePoints.warning) return null;
  const move = { outcome, direction: 'shortening', atMs, minutes: settings.lookBackMinutes } as const;
  const theirs = consensusMove(state, votes, move, settings);
  if (theirs === null || theirs.percent < settings.priceChangePercent.warning) return null;
  const ours = windowMove(state, own, move, settings);
  if (ours === null || ours.percent >= theirs.percent * settings.laggingShare) return null;
  return {
    consensusPercent: theirs.percent,
    ownPercent: ours.percent,
    ownFair,
    consensusFair: consensus.fair,
    votes: theirs.votes,
  };
}

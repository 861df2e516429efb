import { CONSENSUS } from '../../contracts/alert-words.ts';
import type { Direction, Severity } from '../../contracts/alert.ts';
import type { Settings } from '../../contracts/settings.ts';
import { type Others, quotesOf, votesOf } from './consensus.ts';
import { type WindowMove, consensusMove, opposite, windowMove } from './consensus-move.ts';
import type { EventState, Quote } from './detection.ts';
import { fairOf } from './fair-prices.ts';

export type Disagreement = {
  readonly severity: Severity;
  /** A competitor, or `consensus`. */
  readonly who: string;
  readonly own: WindowMove;
  readonly ownDirection: Direction;
  readonly theirPercent: number;
  /** Decimal odds, margin-free for the consensus. */
  readonly theirOdds: number;
  /** By how much our fair odds lie beyond theirs in the direction of our move, in percent. */
  readonly gapPercent: number;
  readonly votes: number;
};

/**
 * Whether own book and the other side went opposite ways on an outcome within the window, both by the minimum and
 * the least ticks, and stand apart by now. The other side is the consensus, or each competitor that is named, or each
 * where there are too few for a consensus.
 */
export function disagreementsOn(
  state: EventState,
  own: Quote,
  others: Others,
  atMs: number,
  settings: Settings,
): Disagreement[] {
  const { outcome } = others;
  const found: Disagreement[] = [];
  for (const ownDirection of ['drifting', 'shortening'] as const) {
    const within = { outcome, atMs, minutes: settings.disagreementWindowMinutes };
    const ours = windowMove(state, own, { ...within, direction: ownDirection }, settings);
    if (ours === null || ours.percent < settings.disagreementMinPercent) continue;
    const ownFair = fairOf(own, outcome);
    if (ownFair === null) continue;
    const direction = opposite(ownDirection);
    for (const side of sidesOf(state, own, others, { ...within, direction }, settings)) {
      if (side.percent < settings.disagreementMinPercent) continue;
      const gapPercent = (ownDirection === 'drifting' ? side.fair / ownFair - 1 : ownFair / side.fair - 1) * 100;
      if (gapPercent < settings.disagreementMinPercent) continue;
      const isDangerous = ownDirection === 'drifting' && gapPercent >= settings.priceChangePercent.elevated;
      found.push({
        severity: isDangerous ? 'critical' : 'elevated',
        who: side.who,
        own: ours,
        ownDirection,
        theirPercent: side.percent,
        theirOdds: side.odds,
        gapPercent,
        votes: side.votes,
      });
    }
  }
  return found;
}

/** Fewer competitors offer the market than a consensus needs: each of them counts by itself then. */
function isConsensusBeyondReach(state: EventState, own: Quote, atMs: number, settings: Settings): boolean {
  const { market, line, bookmaker } = own;
  const freshMs = Number.POSITIVE_INFINITY;
  return (
    votesOf(state, { market, line, except: bookmaker, atMs, freshMs }, settings).length < settings.consensusMinVotes
  );
}

type Side = {
  readonly who: string;
  readonly percent: number;
  readonly fair: number;
  readonly odds: number;
  readonly votes: number;
};

function sidesOf(
  state: EventState,
  own: Quote,
  { votes, consensus }: Others,
  move: Parameters<typeof windowMove>[2],
  settings: Settings,
): Side[] {
  const named = settings.disagreementCompetitors;
  if (named.length === 0 && !isConsensusBeyondReach(state, own, move.atMs, settings)) {
    const moved = consensusMove(state, votes, move, settings);
    if (moved === null || consensus === null) return [];
    return [
      { who: CONSENSUS, percent: moved.percent, fair: consensus.fair, odds: 1 / consensus.fair, votes: moved.votes },
    ];
  }
  const sides: Side[] = [];
  // Who is named speaks for itself, though it may copy another with which it has one vote.
  const where = { market: own.market, line: own.line, atMs: move.atMs };
  const opponents = named.length > 0 ? quotesOf(state, named, where, settings) : votes.map(({ quote }) => quote);
  for (const quote of opponents) {
    if (quote.bookmaker === own.bookmaker) continue;
    const moved = windowMove(state, quote, move, settings);
    const fair = fairOf(quote, move.outcome);
    if (moved === null || fair === null) continue;
    sides.push({ who: quote.bookmaker, percent: moved.percent, fair, odds: moved.to / 1_000, votes: 1 });
  }
  return sides;
}

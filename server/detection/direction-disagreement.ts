import type { Severity } from '../../contracts/alert.ts';
import type { Settings } from '../../contracts/settings.ts';
import { fromMilliOdds, type Market } from '../../contracts/market.ts';
import { alertKey } from './alert-key.ts';
import type { EventState, Finding } from './detection.ts';
import { hundredthsText, iso, lineText, oddsText, otherBooks } from './explanation.ts';
import { changeBasisPoints, directionOf, reachesPercent } from './price-move.ts';
import type { RememberedMove } from './remembered-moves.ts';

const MINUTE_MS = 60_000;

type Outcome = { readonly market: Market; readonly line: number | null; readonly outcome: string };
export type Pair = { readonly own: RememberedMove; readonly competitor: RememberedMove };

/**
 * The pairs that a new move completes: a move of the own book with every competitor's, a competitor's with the
 * own book's. Opposite directions, both at least the minimum, no further apart than the window.
 */
export function disagreeingPairs(move: RememberedMove, others: readonly RememberedMove[], settings: Settings): Pair[] {
  const isLarge = (candidate: RememberedMove): boolean =>
    reachesPercent(candidate.oldMilliOdds, candidate.newMilliOdds, settings.disagreementMinPercent);
  if (!isLarge(move)) return [];
  const isOwn = move.bookmaker === settings.ownBookmaker;
  const windowMs = settings.disagreementWindowMinutes * MINUTE_MS;
  const direction = directionOf(move.oldMilliOdds, move.newMilliOdds);
  return others
    .filter((other) => (other.bookmaker === settings.ownBookmaker) !== isOwn && other.bookmaker !== move.bookmaker)
    .filter((other) => Math.abs(move.atMs - other.atMs) <= windowMs)
    .filter((other) => isLarge(other) && directionOf(other.oldMilliOdds, other.newMilliOdds) !== direction)
    .map((other) => (isOwn ? { own: move, competitor: other } : { own: other, competitor: move }));
}

/** We drift while they shorten, both by an alarming move: our price is the one that will be bet. */
function severityOf({ own, competitor }: Pair, settings: Settings): Severity {
  const isDangerous = directionOf(own.oldMilliOdds, own.newMilliOdds) === 'drifting';
  const { warning } = settings.priceChangePercent;
  const bothLarge =
    reachesPercent(own.oldMilliOdds, own.newMilliOdds, warning) &&
    reachesPercent(competitor.oldMilliOdds, competitor.newMilliOdds, warning);
  return isDangerous && bothLarge ? 'critical' : 'elevated';
}

/** The `direction_disagreement` of one pair of moves; its key is made of both, so that a pair alerts once. */
export function disagreementOf(
  state: EventState,
  pair: Pair,
  where: Outcome,
  settings: Settings,
  eventId: number,
): Finding {
  const { own, competitor } = pair;
  const ownBasisPoints = changeBasisPoints(own.oldMilliOdds, own.newMilliOdds);
  const theirBasisPoints = changeBasisPoints(competitor.oldMilliOdds, competitor.newMilliOdds);
  const ownDirection = directionOf(own.oldMilliOdds, own.newMilliOdds);
  const theirDirection = directionOf(competitor.oldMilliOdds, competitor.newMilliOdds);
  const completedMs = Math.max(own.atMs, competitor.atMs);
  const named = { eventId, type: 'direction_disagreement', bookmaker: own.bookmaker, ...where } as const;
  return {
    alertKey: alertKey(named, own.atMs, competitor.bookmaker, competitor.atMs),
    type: 'direction_disagreement',
    severity: severityOf(pair, settings),
    bookmaker: own.bookmaker,
    ...where,
    oldMilliOdds: own.oldMilliOdds,
    newMilliOdds: own.newMilliOdds,
    changeBasisPoints: ownBasisPoints,
    probabilityBasisPoints: own.probabilityBasisPoints,
    competitor: {
      bookmaker: competitor.bookmaker,
      oldOdds: fromMilliOdds(competitor.oldMilliOdds),
      newOdds: fromMilliOdds(competitor.newMilliOdds),
      direction: theirDirection,
    },
    availability: null,
    explanation: {
      rule:
        `On ${where.market}${lineText(where.line)} ${where.outcome} we went from ${oddsText(own.oldMilliOdds)} to ` +
        `${oddsText(own.newMilliOdds)} (${hundredthsText(ownBasisPoints)} %, ${ownDirection}) and ${competitor.bookmaker} from ` +
        `${oddsText(competitor.oldMilliOdds)} to ${oddsText(competitor.newMilliOdds)} ` +
        `(${hundredthsText(theirBasisPoints)} %, ${theirDirection}) within ${settings.disagreementWindowMinutes} minutes.`,
      base: { odds: fromMilliOdds(own.oldMilliOdds), at: iso(own.baseAtMs) },
      observedAt: iso(completedMs),
      thresholds: {
        minPercent: settings.disagreementMinPercent,
        windowMinutes: settings.disagreementWindowMinutes,
        criticalFromPercent: settings.priceChangePercent.warning,
      },
      severityInputs: {
        ownChangePercent: ownBasisPoints / 100,
        ownDirection,
        ownMovedAt: iso(own.atMs),
        competitorChangePercent: theirBasisPoints / 100,
        competitorDirection: theirDirection,
        competitorMovedAt: iso(competitor.atMs),
      },
      books: otherBooks(state, named, {
        sinceMs: Math.min(own.atMs, competitor.atMs),
        ownBookmaker: settings.ownBookmaker,
      }),
    },
  };
}

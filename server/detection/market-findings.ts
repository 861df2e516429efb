import { CONSENSUS } from '../../contracts/alert-words.ts';
import type { Severity } from '../../contracts/alert.ts';
import type { Settings } from '../../contracts/settings.ts';
import { fromMilliOdds } from '../../contracts/market.ts';
import { alertKey } from './alert-key.ts';
import { opposite } from './consensus-move.ts';
import type { EventState, Finding, Quote } from './detection.ts';
import type { Disagreement } from './direction-disagreement.ts';
import { iso, lineText, otherBooks, percentText } from './explanation.ts';
import { basisPointsBetween } from './fair-prices.ts';
import type { Lag } from './lagging.ts';
import type { OffMarket } from './off-market.ts';
import { lookBackFrom } from './moves-memory.ts';
import { changeBasisPoints } from './price-move.ts';
import { extremesSince } from './recent-prices.ts';
import type { Recurring } from './recurring.ts';

const MINUTE_MS = 60_000;

export type Told = { readonly recurring: Recurring; readonly isNews: boolean };

/** Our price of an outcome that something is to be said about. */
export type Place = {
  readonly state: EventState;
  readonly own: Quote;
  readonly outcome: string;
  readonly atMs: number;
  readonly settings: Settings;
  readonly eventId: number;
};

const threeDecimals = (value: number): number => Math.round(value * 1_000) / 1_000;
const twoDecimals = (value: number): number => Math.round(value * 100) / 100;

function base(
  place: Place,
  type: Finding['type'],
  severity: Severity,
  told: Told,
  ...openedBy: readonly (string | number)[]
) {
  const { own, outcome, eventId, settings, state, atMs } = place;
  const { bookmaker, market, line } = own;
  const named = { eventId, type, bookmaker, market, line, outcome };
  const milliOdds = own.outcomes.find((candidate) => candidate.name === outcome)?.milliOdds ?? null;
  return {
    alertKey: alertKey(named, ...openedBy, told.recurring.keyMs),
    type,
    severity,
    bookmaker,
    market,
    line,
    outcome,
    oldMilliOdds: milliOdds,
    newMilliOdds: milliOdds,
    changeBasisPoints: null,
    availability: null,
    occurrences: told.recurring.occurrences,
    openedAtMs: told.recurring.keyMs,
    isNews: told.isNews,
    books: otherBooks(state, named, {
      sinceMs: atMs - settings.lookBackMinutes * MINUTE_MS,
      ownBookmaker: settings.ownBookmaker,
    }),
    name: `${market}${lineText(line)} ${outcome}`,
    minutesToKickoff: Math.round((state.kickoffMs - atMs) / MINUTE_MS),
  };
}

/** What our price was within the last minutes, as far as it may be looked back at. */
function windowOf({ state, own, outcome, atMs, settings }: Place, minutes: number): Finding['explanation']['window'] {
  const book = state.books.get(own.bookmaker);
  const now = own.outcomes.find((candidate) => candidate.name === outcome)?.milliOdds;
  if (book === undefined || now === undefined) return undefined;
  const startMs = atMs - minutes * MINUTE_MS;
  const { high, low } = extremesSince(
    own.recent,
    outcome,
    Math.max(lookBackFrom({ book, quote: own, atMs, settings }), startMs),
  );
  return {
    minutes,
    from: iso(startMs),
    highest: fromMilliOdds(Math.max(now, high?.milliOdds ?? now)),
    lowest: fromMilliOdds(Math.min(now, low?.milliOdds ?? now)),
  };
}

/** The `off_market` finding of one of our prices. */
export function offMarketFinding(place: Place, off: OffMarket, told: Told): Finding {
  const { books, name, minutesToKickoff, ...finding } = base(place, 'off_market', off.severity, told);
  const { settings, atMs, own } = place;
  const edge = settings.offMarketEdgePercent;
  const price = fromMilliOdds(finding.newMilliOdds ?? 0);
  const sure =
    off.sureBetPercent === null
      ? ''
      : ` With the best other prices it is a sure bet of ${percentText(off.sureBetPercent)} %.`;
  return {
    ...finding,
    probabilityBasisPoints: basisPointsBetween(off.consensusFair, off.ownFair),
    competitor: { bookmaker: CONSENSUS, oldOdds: null, newOdds: threeDecimals(1 / off.consensusFair), direction: null },
    explanation: {
      rule:
        `Our ${price.toFixed(2)} on ${name} is ${percentText(off.edgePercent)} % better than the fair price ` +
        `${(1 / off.consensusFair).toFixed(2)} of ${off.votes} independent competitors.${sure}`,
      base: { odds: threeDecimals(1 / off.consensusFair), at: iso(own.changedAtMs) },
      observedAt: iso(atMs),
      thresholds: {
        warningPercent: edge.warning,
        elevatedPercent: edge.elevated,
        criticalPercent: edge.critical,
        minPoints: settings.offMarketMinPoints,
        minVotes: settings.consensusMinVotes,
        sureBetPercent: settings.sureBetPercent,
      },
      severityInputs: {
        edgePercent: twoDecimals(off.edgePercent),
        ownProbability: off.ownFair,
        consensusProbability: off.consensusFair,
        votes: off.votes,
        sureBetPercent: off.sureBetPercent,
        minutesToKickoff,
      },
      books,
    },
  };
}

/** The `lagging` finding: the market shortened, we did not follow. */
export function laggingFinding(place: Place, lag: Lag, told: Told, sinceMs: number): Finding {
  const { settings, atMs } = place;
  const { books, name, minutesToKickoff, ...finding } = base(place, 'lagging', told.recurring.worst, told);
  return {
    ...finding,
    probabilityBasisPoints: basisPointsBetween(lag.consensusFair, lag.ownFair),
    competitor: {
      bookmaker: CONSENSUS,
      oldOdds: threeDecimals(1 / lag.consensusFair / (1 - lag.consensusPercent / 100)),
      newOdds: threeDecimals(1 / lag.consensusFair),
      direction: 'shortening',
    },
    explanation: {
      rule:
        `The consensus shortened ${name} by ${percentText(lag.consensusPercent)} % within ${settings.lookBackMinutes} minutes, ` +
        `we by ${percentText(lag.ownPercent)} %, for ${Math.round((atMs - sinceMs) / 1_000)} seconds now.`,
      base: { odds: threeDecimals(1 / lag.consensusFair), at: iso(sinceMs) },
      observedAt: iso(atMs),
      window: windowOf(place, settings.lookBackMinutes),
      thresholds: {
        bandPercent: settings.priceChangePercent.warning,
        share: settings.laggingShare,
        polls: settings.laggingPolls,
        seconds: settings.laggingSeconds,
        criticalSeconds: settings.laggingCriticalSeconds,
        minVotes: settings.consensusMinVotes,
      },
      severityInputs: {
        consensusChangePercent: twoDecimals(-lag.consensusPercent),
        ownChangePercent: twoDecimals(-lag.ownPercent),
        ownProbability: lag.ownFair,
        consensusProbability: lag.consensusFair,
        votes: lag.votes,
        minutesToKickoff,
      },
      books,
    },
  };
}

/** The `direction_disagreement` of our move and the other side's. */
export function disagreementFinding(place: Place, found: Disagreement, told: Told): Finding {
  const { settings, atMs } = place;
  const { books, name, minutesToKickoff, ...finding } = base(
    place,
    'direction_disagreement',
    found.severity,
    told,
    found.who,
  );
  const theirDirection = opposite(found.ownDirection);
  const theirOld =
    theirDirection === 'shortening'
      ? found.theirOdds / (1 - found.theirPercent / 100)
      : found.theirOdds / (1 + found.theirPercent / 100);
  return {
    ...finding,
    oldMilliOdds: found.own.from,
    newMilliOdds: found.own.to,
    changeBasisPoints: changeBasisPoints(found.own.from, found.own.to),
    probabilityBasisPoints: null,
    competitor: {
      bookmaker: found.who,
      oldOdds: threeDecimals(theirOld),
      newOdds: threeDecimals(found.theirOdds),
      direction: theirDirection,
    },
    explanation: {
      rule:
        `Within ${settings.disagreementWindowMinutes} minutes we went ${percentText(found.own.percent)} % ${found.ownDirection} on ${name}, ` +
        `${found.who === CONSENSUS ? 'the consensus' : found.who} ${percentText(found.theirPercent)} % ${theirDirection}; ` +
        `the prices now lie ${percentText(found.gapPercent)} % apart.`,
      base: { odds: fromMilliOdds(found.own.from), at: iso(found.own.fromAtMs) },
      observedAt: iso(atMs),
      window: windowOf(place, settings.disagreementWindowMinutes),
      thresholds: {
        minPercent: settings.disagreementMinPercent,
        minTicks: settings.minTicks,
        windowMinutes: settings.disagreementWindowMinutes,
        criticalGapPercent: settings.priceChangePercent.elevated,
      },
      severityInputs: {
        ownChangePercent: twoDecimals(found.ownDirection === 'drifting' ? found.own.percent : -found.own.percent),
        ownDirection: found.ownDirection,
        competitorChangePercent: twoDecimals(theirDirection === 'drifting' ? found.theirPercent : -found.theirPercent),
        competitorDirection: theirDirection,
        gapPercent: twoDecimals(found.gapPercent),
        votes: found.votes,
        minutesToKickoff,
      },
      books,
    },
  };
}

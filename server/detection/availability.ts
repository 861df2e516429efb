import type { Availability, Severity } from '../../contracts/alert.ts';
import { fromMilliOdds } from '../../contracts/market.ts';
import type { Settings } from '../../contracts/settings.ts';
import { alertKey } from './alert-key.ts';
import type { EventState, Finding, Quote, QuoteState } from './detection.ts';
import { hundredthsText, iso, lineText, oddsText, otherBooks } from './explanation.ts';
import { type MarketView, standing } from './market-view.ts';
import type { QuotedOutcome } from './observation.ts';
import type { RecurringStep } from './recurring.ts';
import { type ReturnedPrice, returnedPrice } from './returned-price.ts';

/** Alone shut this close before kickoff is critical: bets still come, and we alone take none. */
export const ALONE_SHUT_CRITICAL_MINUTES = 60;
const MINUTE_MS = 60_000;

/** A market whose offer changed hands between open, suspended and removed. */
export type Transition = {
  readonly quote: Quote;
  readonly from: QuoteState;
  readonly availability: Availability;
  /** Since when the state before stood. */
  readonly fromAtMs: number;
  /** The prices before: of a market that was shut, the last ones that it showed. */
  readonly was: readonly QuotedOutcome[];
};

type Situation = {
  readonly isOwn: boolean;
  /** The book has no other line of this market open. */
  readonly bookIsShut: boolean;
  readonly view: MarketView;
  readonly minutesToKickoff: number;
};

/** More than half of the competitors, and more than one: what a single book does says nothing of the market. */
const mostAreShut = (view: MarketView): boolean =>
  view.shutCompetitors >= 2 && view.shutCompetitors * 2 > view.competitors;

/**
 * | what shut | severity |
 * |---|---|
 * | a competitor, most are open | warning |
 * | a competitor, and with it more than half of them, we are shut too | elevated |
 * | the same, and we are open | critical |
 * | we, with a competitor or more than 60 min before kickoff | warning |
 * | we alone, within 60 min of kickoff | critical |
 *
 * A book that keeps another line of the market open has not shut it: warning. What returns is a warning, or as bad as
 * the move of the price at which it returns.
 */
export function severityOf(availability: Availability, situation: Situation): Severity {
  const { isOwn, bookIsShut, view, minutesToKickoff } = situation;
  if (availability === 'returned' || !bookIsShut) return 'warning';
  if (isOwn) {
    const alone = view.competitors > 0 && view.shutCompetitors === 0;
    return alone && minutesToKickoff <= ALONE_SHUT_CRITICAL_MINUTES ? 'critical' : 'warning';
  }
  if (!mostAreShut(view)) return 'warning';
  return view.own === 'open' ? 'critical' : 'elevated';
}

const VERBS: Readonly<Record<Availability, string>> = {
  suspended: 'suspended',
  removed: 'no longer offers',
  returned: 'offers again',
};

function because(severity: Severity, isOwn: boolean, view: MarketView): string {
  switch (severity) {
    case 'warning':
      return isOwn ? '' : `; ${view.shutCompetitors} of ${view.competitors} competitors are shut`;
    case 'elevated':
      return `; ${view.shutCompetitors} of ${view.competitors} competitors are shut, and so are we`;
    case 'critical':
      return isOwn
        ? `; we are the only one, within ${ALONE_SHUT_CRITICAL_MINUTES} minutes of kickoff`
        : `; ${view.shutCompetitors} of ${view.competitors} competitors are shut, and we are open`;
  }
}

const atPrice = ({ outcome, from, to, changeBasisPoints, basisPoints }: ReturnedPrice): string =>
  `, ${outcome} at ${oddsText(to)} instead of ${oddsText(from)} (${hundredthsText(changeBasisPoints)} %, ${hundredthsText(basisPoints)} points)`;

const withOthers = (others: readonly Offer[]): string =>
  others.length === 0 ? '' : `, with it ${others.map(({ market, line }) => `${market}${lineText(line)}`).join(', ')}`;

/** Where the alerts of one market and line about one kind of change are remembered. */
export const availabilityKey = ({ quote, availability }: Transition): string =>
  `offer|${availability}|${quote.bookmaker}|${quote.market}|${quote.line ?? ''}`;

/** How bad a change of the offer is, in the situation of that moment. */
export function judgeAvailability(
  state: EventState,
  transition: Transition,
  view: MarketView,
  settings: Settings,
): Severity {
  const { quote, availability } = transition;
  const returned = returnedPrice(state, transition, settings);
  if (returned !== null) return returned.severity;
  return severityOf(availability, {
    isOwn: quote.bookmaker === settings.ownBookmaker,
    bookIsShut: standing(state.books.get(quote.bookmaker), quote.market, quote.changedAtMs) !== 'open',
    view,
    minutesToKickoff: (state.kickoffMs - quote.changedAtMs) / MINUTE_MS,
  });
}

type Offer = Pick<Quote, 'market' | 'line'>;

/**
 * The `availability` finding of one market and line; its outcome is null, the whole market is meant. `others` are
 * offers of the book that changed with it, `within` the one whose alert it is.
 */
export function findAvailability(
  state: EventState,
  transition: Transition,
  context: {
    readonly view: MarketView;
    readonly settings: Settings;
    readonly eventId: number;
    readonly severity: Severity;
    readonly told: RecurringStep;
    readonly others?: readonly Offer[];
    readonly within?: Offer | undefined;
  },
): Finding {
  const { view, settings, eventId, severity, told, others = [], within } = context;
  const { quote, from, availability, fromAtMs } = transition;
  const returned = returnedPrice(state, transition, settings);
  const { bookmaker, market, line, changedAtMs } = quote;
  const isOwn = bookmaker === settings.ownBookmaker;
  const minutesToKickoff = (state.kickoffMs - changedAtMs) / MINUTE_MS;
  const named = { eventId, type: 'availability', bookmaker, market, line, outcome: null } as const;
  return {
    alertKey: alertKey({ ...named, ...within }, availability, told.next.keyMs),
    type: 'availability',
    severity,
    bookmaker,
    market,
    line,
    outcome: null,
    oldMilliOdds: null,
    newMilliOdds: null,
    changeBasisPoints: null,
    probabilityBasisPoints: null,
    competitor: null,
    availability,
    occurrences: told.next.occurrences,
    openedAtMs: told.next.keyMs,
    isNews: told.isNews,
    explanation: {
      rule: `${bookmaker} ${VERBS[availability]} ${market}${lineText(line)}${withOthers(others)}${returned === null ? because(severity, isOwn, view) : atPrice(returned)}.`,
      base: { odds: null, at: iso(fromAtMs) },
      observedAt: iso(changedAtMs),
      thresholds: { aloneShutCriticalMinutes: ALONE_SHUT_CRITICAL_MINUTES, mostCompetitorsShare: 0.5 },
      severityInputs: {
        from,
        to: quote.state,
        ownState: view.own,
        competitors: view.competitors,
        shutCompetitors: view.shutCompetitors,
        minutesToKickoff: Math.round(minutesToKickoff),
        ...(others.length > 0 && { offers: others.length + 1 }),
        ...(returned !== null && {
          outcome: returned.outcome,
          oldOdds: fromMilliOdds(returned.from),
          newOdds: fromMilliOdds(returned.to),
          changePercent: returned.changeBasisPoints / 100,
          probabilityPoints: returned.basisPoints / 100,
        }),
      },
      books: otherBooks(state, named, { sinceMs: fromAtMs + 1, ownBookmaker: settings.ownBookmaker }),
    },
  };
}

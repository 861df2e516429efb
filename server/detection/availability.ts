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

/** One bookmaker's market and line of an event. */
export type Offer = Pick<Quote, 'bookmaker' | 'market' | 'line'>;

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

/** What stands behind the severity, of the situation of that moment. */
function because(severity: Severity, isOwn: boolean, view: MarketView): string {
  if (isOwn)
    return severity === 'critical'
      ? `; we are the only one, within ${ALONE_SHUT_CRITICAL_MINUTES} minutes of kickoff`
      : '';
  const shut = `; ${view.shutCompetitors} of ${view.competitors} competitors are shut`;
  if (severity === 'warning' || !mostAreShut(view)) return shut;
  return `${shut}, and ${view.own === 'open' ? 'we are open' : 'so are we'}`;
}

const atPrice = ({ outcome, from, to, changeBasisPoints, basisPoints }: ReturnedPrice): string =>
  `, ${outcome} at ${oddsText(to)} instead of ${oddsText(from)} (${hundredthsText(changeBasisPoints)} %, ${hundredthsText(basisPoints)} points)`;

const nameOf = ({ market, line }: Pick<Offer, 'market' | 'line'>): string => `${market}${lineText(line)}`;

/** `, with it handicap -0.5, over_under 2.5`, then the other books, `, also b, c (1x2, handicap -0.5)`. */
function withOthers(first: Offer, others: readonly Offer[]): string {
  const byBook = Map.groupBy(others, ({ bookmaker }) => bookmaker);
  const beside = byBook.get(first.bookmaker) ?? [];
  byBook.delete(first.bookmaker);
  const also = [...byBook].map(([bookmaker, offers]) => {
    const isTheSame = offers.every((offer) => nameOf(offer) === nameOf(first));
    return isTheSame ? bookmaker : `${bookmaker} (${offers.map(nameOf).join(', ')})`;
  });
  return (
    (beside.length === 0 ? '' : `, with it ${beside.map(nameOf).join(', ')}`) +
    (also.length === 0 ? '' : `, also ${also.join(', ')}`)
  );
}

/** Where the alerts of one offer about one kind of change are remembered. */
export const offerKey = (availability: Availability, { bookmaker, market, line }: Offer): string =>
  `offer|${availability}|${bookmaker}|${market}|${line ?? ''}`;

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

/** What an alert tells of: an offer, what became of it, and others that changed the same way. */
export type ToldOffer = Offer & {
  readonly availability: Availability;
  readonly from: QuoteState;
  readonly fromAtMs: number;
  /** When the last of them changed. */
  readonly atMs: number;
  readonly others: readonly Offer[];
  readonly returned: ReturnedPrice | null;
};

const STATES: Readonly<Record<Availability, QuoteState>> = {
  suspended: 'suspended',
  removed: 'removed',
  returned: 'open',
};

/** The `availability` finding of an offer; its outcome is null, the whole market is meant. `within` is the one whose alert it is. */
export function findAvailability(
  state: EventState,
  offer: ToldOffer,
  context: {
    readonly view: MarketView;
    readonly settings: Settings;
    readonly eventId: number;
    readonly severity: Severity;
    readonly told: RecurringStep;
    readonly within?: Offer | undefined;
  },
): Finding {
  const { view, settings, eventId, severity, told, within } = context;
  const { bookmaker, market, line, availability, from, fromAtMs, atMs, others, returned } = offer;
  const isOwn = bookmaker === settings.ownBookmaker;
  const minutesToKickoff = (state.kickoffMs - atMs) / MINUTE_MS;
  const named = { eventId, type: 'availability', bookmaker, market, line, outcome: null } as const;
  const books = new Set([bookmaker, ...others.map((other) => other.bookmaker)]).size;
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
      rule: `${bookmaker} ${VERBS[availability]} ${nameOf(offer)}${withOthers(offer, others)}${returned === null ? because(severity, isOwn, view) : atPrice(returned)}.`,
      base: { odds: null, at: iso(fromAtMs) },
      observedAt: iso(atMs),
      thresholds: { aloneShutCriticalMinutes: ALONE_SHUT_CRITICAL_MINUTES, mostCompetitorsShare: 0.5 },
      severityInputs: {
        from,
        to: STATES[availability],
        ownState: view.own,
        competitors: view.competitors,
        shutCompetitors: view.shutCompetitors,
        minutesToKickoff: Math.round(minutesToKickoff),
        ...(others.length > 0 && { offers: others.length + 1 }),
        ...(books > 1 && { books }),
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

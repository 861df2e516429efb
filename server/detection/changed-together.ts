import { severityRank } from '../../contracts/alert-words.ts';
import type { Severity } from '../../contracts/alert.ts';
import type { Market } from '../../contracts/market.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { MemoryChange } from './advance.ts';
import { type Transition, availabilityKey, findAvailability } from './availability.ts';
import type { EventState, Finding, IsMuted, QuoteState } from './detection.ts';
import type { MarketView } from './market-view.ts';
import { quoteKeyOf } from './quote-key.ts';
import { type Recurring, recurringOf, sighted } from './recurring.ts';
import { returnedPrice } from './returned-price.ts';

const MINUTE_MS = 60_000;
/** What a book changes within so long is one decision of its traders, though a feed tells it market by market. */
const TOGETHER_MS = MINUTE_MS;
/** Markets named in one alert; one beyond them has its own. */
const MAX_TOGETHER = 50;

type Offer = { readonly market: Market; readonly line: number | null };

/** The offer whose alert stands for others of the book that changed the same way, and these. */
type Together = Offer & {
  readonly keyMs: number;
  readonly from: QuoteState;
  readonly fromAtMs: number;
  readonly severity: Severity;
  readonly others: readonly Offer[];
};

/** What is remembered of one offer's changes; `within` is the offer whose alert tells of it. */
type OfferMemory = Recurring & { readonly within?: Offer };

export const TOGETHER_PREFIX = 'together|';
const togetherKey = ({ quote, availability }: Transition): string =>
  `${TOGETHER_PREFIX}${availability}|${quote.bookmaker}`;

type Judged = {
  readonly severity: Severity;
  readonly viewOf: (market: Market) => MarketView;
  readonly settings: Settings;
  readonly eventId: number;
  readonly isMuted: IsMuted;
};

/**
 * The finding of an offer that was suspended, removed or came back, and what is to be remembered of it. Several
 * offers of a match that a book changes together are one alert that names them all, unless it is a
 * critical one or worse than the first; what gets worse later has its own. Null where nothing is to be told.
 */
export function tellOffer(
  state: EventState,
  transition: Transition,
  judged: Judged,
): { readonly finding: Finding; readonly changes: readonly MemoryChange[] } | null {
  const { severity, settings, viewOf, eventId } = judged;
  const { quote } = transition;
  const key = availabilityKey(transition);
  const known: OfferMemory | undefined = recurringOf(state.memory, key);
  // Told by another's alert until now; worse, it needs one of its own.
  const isOutgrown = known?.within !== undefined && severityRank(severity) > severityRank(known.worst);
  const coolDownMs = settings.coolDownMinutes * MINUTE_MS;
  const step = sighted(isOutgrown ? undefined : known, severity, quote.changedAtMs, coolDownMs);
  if (step === null) return null;
  const isFirst = step.next.keyMs === quote.changedAtMs && step.next.occurrences === 1;
  const canShare =
    isFirst && severity !== 'critical' && settings.foldOffers && !hasNewPrice(state, transition, settings);
  const together = canShare ? togetherOf(state, transition, judged) : null;
  if (together !== null) return joined(state, transition, together, judged);

  const within = isFirst ? undefined : known?.within;
  const next: OfferMemory = { ...step.next, isOpen: false, ...(within !== undefined && { within }) };
  const told = { ...step, next };
  const finding = findAvailability(state, transition, { ...judged, view: viewOf(quote.market), eventId, told, within });
  const { market, line } = quote;
  const { from, fromAtMs } = transition;
  const opens: Together = { keyMs: next.keyMs, market, line, from, fromAtMs, severity, others: [] };
  return {
    finding,
    changes: [{ key, memory: next }, ...(canShare ? [{ key: togetherKey(transition), memory: opens }] : [])],
  };
}

/** Whether it came back at another price: that is a word about this offer alone. */
const hasNewPrice = (state: EventState, transition: Transition, settings: Settings): boolean =>
  returnedPrice(state, transition, settings) !== null;

/** The alert that can tell of one more offer: of this moment, no milder than this one, and heard wherever it is. */
function togetherOf(state: EventState, transition: Transition, { severity, isMuted }: Judged): Together | null {
  const { quote } = transition;
  const together = state.memory.get(togetherKey(transition)) as Together | undefined;
  if (together === undefined || together.others.length >= MAX_TOGETHER) return null;
  if (severityRank(severity) > severityRank(together.severity)) return null;
  if (isMuted({ ...quote, market: together.market }) !== isMuted(quote)) return null;
  const sinceMs = quote.changedAtMs - together.keyMs;
  return sinceMs >= 0 && sinceMs <= TOGETHER_MS ? together : null;
}

/** The alert of the first offer, told again with one more beside it. */
function joined(state: EventState, transition: Transition, together: Together, judged: Judged) {
  const { quote, availability } = transition;
  const { market, line, keyMs, from, fromAtMs } = together;
  const first = state.books.get(quote.bookmaker)?.quotes.get(quoteKeyOf(quote.bookmaker, market, line));
  if (first === undefined) return null;
  const more: Together = { ...together, others: [...together.others, { market: quote.market, line: quote.line }] };
  const firstTransition: Transition = { quote: first, from, availability, fromAtMs, was: [] };
  const ofFirst = recurringOf(state.memory, availabilityKey(firstTransition));
  const next: OfferMemory = {
    keyMs,
    isOpen: false,
    worst: judged.severity,
    occurrences: 1,
    lastMs: quote.changedAtMs,
    within: { market, line },
  };
  const finding = findAvailability(state, firstTransition, {
    ...judged,
    view: judged.viewOf(market),
    severity: together.severity,
    told: {
      next: { ...next, worst: together.severity, occurrences: ofFirst?.occurrences ?? 1 },
      isNews: false,
      isAgain: true,
    },
    others: more.others,
  });
  return {
    finding,
    changes: [
      { key: availabilityKey(transition), memory: next },
      { key: togetherKey(transition), memory: more },
    ],
  };
}

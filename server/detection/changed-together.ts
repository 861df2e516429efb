import { isWorseThan } from '../../contracts/alert-words.ts';
import type { Availability, Severity } from '../../contracts/alert.ts';
import type { Market } from '../../contracts/market.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { MemoryChange } from './advance.ts';
import { type Offer, type ToldOffer, type Transition, findAvailability, offerKey } from './availability.ts';
import type { EventState, Finding, IsMuted, QuoteState } from './detection.ts';
import type { MarketView } from './market-view.ts';
import { paceMs } from './pace.ts';
import { type Recurring, type RecurringStep, sighted } from './recurring.ts';
import { returnedPrice } from './returned-price.ts';

const MINUTE_MS = 60_000;
/** What a book changes within so long is one decision of its traders, though a feed tells it market by market. */
const TOGETHER_MS = MINUTE_MS;
/** Books that shut or open one market no further apart than this, or than a slow feed's poll, do so for one reason. */
const FOLLOWING_MS = 10 * MINUTE_MS;
/** Offers named in one alert; one beyond them has its own. */
const MAX_TOGETHER = 50;

/** What an alert that may tell of several offers is about. */
type Heading = {
  readonly from: QuoteState;
  readonly fromAtMs: number;
  /** All that it tells of beside its own. */
  readonly others: readonly Offer[];
};

/** What is remembered of one offer's changes: the alert that it has, or `within`, the offer whose alert tells of it. */
type OfferMemory = Recurring & { readonly heading?: Heading; readonly within?: Offer };

/** An offer whose alert may tell of more, and when it was last joined. */
type Pointer = Offer & { readonly keyMs: number; readonly atMs: number };

/** An alert that is told on behalf of several offers. */
type Head = Offer & { readonly memory: OfferMemory & { readonly heading: Heading } };

const sameBookKey = (availability: Availability, bookmaker: string): string => `together|${availability}|${bookmaker}`;
const sameMarketKey = (availability: Availability, market: Market): string => `followed|${availability}|${market}`;

const placeOf = ({ bookmaker, market, line }: Offer): Offer => ({ bookmaker, market, line });

type Judged = {
  readonly severity: Severity;
  readonly viewOf: (market: Market) => MarketView;
  readonly settings: Settings;
  readonly eventId: number;
  readonly isMuted: IsMuted;
};

type Told = { readonly finding: Finding; readonly changes: readonly MemoryChange[] };

/**
 * The finding of an offer that was suspended, removed or came back, and what is to be remembered of it. Offers of a
 * match that a book changes together are one alert that names them all, and so are those of one market that
 * competitors change one after the other, which gets worse as they become more. What is critical has an alert of its
 * own market, what came back at another price one of its own. Null where nothing is to be told.
 */
export function tellOffer(state: EventState, transition: Transition, judged: Judged): Told | null {
  const { severity, settings } = judged;
  const { quote, availability } = transition;
  const known = memoryOf(state, availability, quote);
  // Told by the alert of another market until now; worse, it needs one of its own.
  const isOutgrown =
    known?.within !== undefined && known.within.market !== quote.market && isWorseThan(severity, known.worst);
  const coolDownMs = settings.coolDownMinutes * MINUTE_MS;
  const before = isOutgrown ? undefined : known;
  const step = sighted(before, severity, quote.changedAtMs, coolDownMs);
  if (step === null) return null;
  const alone = toldAlone(state, transition, settings);
  if (before !== undefined && step.next.keyMs === before.keyMs)
    return again(state, transition, alone, { known: before, step }, judged);

  const canShare = settings.foldOffers && alone.returned === null;
  const head = canShare ? headOf(state, transition, judged) : null;
  return head === null
    ? opened(state, transition, alone, { step, canShare }, judged)
    : joined(state, transition, head, judged);
}

const memoryOf = (state: EventState, availability: Availability, offer: Offer): OfferMemory | undefined =>
  state.memory.get(offerKey(availability, offer)) as OfferMemory | undefined;

/** An offer told by itself, with the price at which it came back. */
function toldAlone(state: EventState, transition: Transition, settings: Settings): ToldOffer {
  const { quote, availability, from, fromAtMs } = transition;
  const returned = returnedPrice(state, transition, settings);
  return { ...placeOf(quote), availability, from, fromAtMs, atMs: quote.changedAtMs, others: [], returned };
}

/** An alert of its own. */
function opened(
  state: EventState,
  transition: Transition,
  alone: ToldOffer,
  { step, canShare }: { readonly step: RecurringStep; readonly canShare: boolean },
  judged: Judged,
): Told {
  const { availability, from, fromAtMs, others } = alone;
  const memory: OfferMemory = {
    ...step.next,
    isOpen: false,
    ...(canShare && { heading: { from, fromAtMs, others } }),
  };
  return {
    finding: findAvailability(state, alone, { ...judged, view: judged.viewOf(alone.market), told: step }),
    changes: [
      { key: offerKey(availability, alone), memory },
      ...(canShare ? pointersTo(placeOf(alone), memory.keyMs, transition, judged) : []),
    ],
  };
}

/** One that was told within the cool-down, by its own alert or by another's. */
function again(
  state: EventState,
  transition: Transition,
  alone: ToldOffer,
  { known, step }: { readonly known: OfferMemory; readonly step: RecurringStep },
  judged: Judged,
): Told {
  const { availability, market } = alone;
  const change = { key: offerKey(availability, alone), memory: { ...known, ...step.next, isOpen: false } };
  const { within } = known;
  const head = within && headAt(state, availability, { ...within, keyMs: known.keyMs });
  if (head) {
    const occurrences = Math.max(head.memory.occurrences, step.next.occurrences);
    const told = tellOfHead(state, { ...head, memory: { ...head.memory, occurrences } }, transition, judged);
    return { ...told, changes: [change, ...told.changes] };
  }
  const finding = findAvailability(state, alone, { ...judged, view: judged.viewOf(market), told: step, within });
  return { finding, changes: [change] };
}

/** The alert of another offer, told again with one more beside it, and as bad as that makes it. */
function joined(state: EventState, transition: Transition, head: Head, judged: Judged): Told {
  const { quote, availability } = transition;
  const { keyMs, heading } = head.memory;
  const more: Heading = { ...heading, others: [...heading.others, placeOf(quote)] };
  const told = tellOfHead(state, { ...head, memory: { ...head.memory, heading: more } }, transition, judged);
  const memory: OfferMemory = {
    keyMs,
    isOpen: false,
    worst: judged.severity,
    occurrences: 1,
    lastMs: quote.changedAtMs,
    within: placeOf(head),
  };
  return {
    finding: told.finding,
    changes: [
      { key: offerKey(availability, quote), memory },
      ...told.changes,
      ...pointersTo(placeOf(head), keyMs, transition, judged),
    ],
  };
}

/** An alert told on behalf of an offer that changed, which is news where it makes it worse. */
function tellOfHead(state: EventState, head: Head, { quote, availability }: Transition, judged: Judged): Told {
  const { worst, heading } = head.memory;
  const isNews = isWorseThan(judged.severity, worst);
  const memory = { ...head.memory, worst: isNews ? judged.severity : worst };
  const offer = { ...placeOf(head), availability, ...heading, atMs: quote.changedAtMs, returned: null };
  const finding = findAvailability(state, offer, {
    ...judged,
    severity: memory.worst,
    view: judged.viewOf(head.market),
    told: { next: memory, isNews, isAgain: true },
  });
  return {
    finding: quote.bookmaker === head.bookmaker ? finding : { ...finding, changedBy: quote.bookmaker },
    changes: [{ key: offerKey(availability, head), memory }],
  };
}

/**
 * Where the next offer finds the alert that tells of this one: the book's next within the minute, and, of a
 * competitor, the next book that changes the market.
 */
function pointersTo(head: Offer, keyMs: number, transition: Transition, judged: Judged): readonly MemoryChange[] {
  const { quote, availability } = transition;
  const pointer: Pointer = { ...head, keyMs, atMs: quote.changedAtMs };
  const isOwn = quote.bookmaker === judged.settings.ownBookmaker;
  return [
    ...(judged.severity === 'critical'
      ? []
      : [{ key: sameBookKey(availability, quote.bookmaker), memory: { ...pointer } }]),
    ...(isOwn ? [] : [{ key: sameMarketKey(availability, quote.market), memory: { ...pointer } }]),
  ];
}

/** The alert that can tell of one more offer: of the market, or else of the book at this moment. */
function headOf(state: EventState, { quote, availability }: Transition, judged: Judged): Head | null {
  const { settings, isMuted, severity } = judged;
  const { bookmaker, market, changedAtMs } = quote;
  const ofMarket = pointerAt(state, sameMarketKey(availability, market));
  const ofBook = pointerAt(state, sameBookKey(availability, bookmaker));
  const isFollowing =
    bookmaker !== settings.ownBookmaker &&
    ofMarket !== undefined &&
    Math.abs(changedAtMs - ofMarket.atMs) <= Math.max(FOLLOWING_MS, paceMs(state, bookmaker)) &&
    changedAtMs - ofMarket.keyMs <= settings.coolDownMinutes * MINUTE_MS;
  const isTogether = ofBook !== undefined && changedAtMs >= ofBook.atMs && changedAtMs - ofBook.atMs <= TOGETHER_MS;
  for (const pointer of [isFollowing && ofMarket, isTogether && ofBook]) {
    const head = pointer ? headAt(state, availability, pointer) : null;
    if (head === null || head.memory.heading.others.length >= MAX_TOGETHER) continue;
    if (isMuted(head) !== isMuted(quote)) continue;
    if (head.market === market || (severity !== 'critical' && !isWorseThan(severity, head.memory.worst))) return head;
  }
  return null;
}

const pointerAt = (state: EventState, key: string): Pointer | undefined => state.memory.get(key) as Pointer | undefined;

/** The alert that an offer had at that time, if it is still the same one. */
function headAt(
  state: EventState,
  availability: Availability,
  { keyMs, ...offer }: Offer & { readonly keyMs: number },
): Head | null {
  const memory = memoryOf(state, availability, offer);
  return memory?.heading === undefined || memory.keyMs !== keyMs
    ? null
    : { ...placeOf(offer), memory: { ...memory, heading: memory.heading } };
}

import type { AlertType, Availability, CompetitorMove, Explanation, Severity } from '../../contracts/alert.ts';
import type { QuarantineReason } from '../../contracts/feed.ts';
import type { Market } from '../../contracts/market.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { Observation, QuotedOutcome } from './observation.ts';
import { type QuoteKey, quoteKey } from './quote-key.ts';
import type { RecentPrices } from './recent-prices.ts';

/** `removed` is a market that is no longer offered, `suspended` one that is offered but shut. */
export type QuoteState = 'open' | 'suspended' | 'removed';

/** One bookmaker's row for one market and line of one event, as it is stored. */
export type Quote = {
  readonly bookmaker: string;
  readonly market: Market;
  readonly line: number | null;
  readonly state: QuoteState;
  readonly outcomes: readonly QuotedOutcome[];
  /** The poll that this row stems from; of a removed quote, the poll that showed it to be gone. */
  readonly observedAtMs: number;
  readonly upstreamAtMs: number | null;
  /** When prices or state last changed. */
  readonly changedAtMs: number;
  /** Fair probabilities in the order of the outcomes; null unless the whole market is open. Not stored: the prices tell it. */
  readonly fair: readonly number[] | null;
  /** The look-back window, which is not stored with the row but follows from its history. */
  readonly recent: RecentPrices;
};

/** A row as it is stored, without what follows from the prices. */
export type QuoteRow = Omit<Quote, 'recent' | 'fair'>;

/** One version of a quote out of its history: what it was from `observedAtMs` on. */
export type QuoteVersion = {
  readonly key: QuoteKey;
  readonly observedAtMs: number;
  readonly state: QuoteState;
  readonly outcomes: readonly QuotedOutcome[];
};

export { type QuoteKey, quoteKey };

/** What detection remembers beyond prices; opaque to everybody else, stored as JSON under its key. */
export type Memory = { readonly [field: string]: unknown };

/** One bookmaker at one event. */
export type BookState = {
  readonly lastSeenMs: number;
  readonly quotes: ReadonlyMap<QuoteKey, Quote>;
  /** Quotes on offer that the running poll has not shown yet: those still here when the next one begins were absent. */
  readonly unseen: readonly QuoteKey[];
  /** When the poll before the running one last said anything; null when there was none or it is not known. */
  readonly previousSeenMs: number | null;
  /** Prices that stood until then are not looked back at: the book was unheard of for too long before. */
  readonly anchorMs: number;
};

/**
 * All that detection knows of one event. Never changed in place: a new state shares what did not change,
 * so that a failed transaction simply drops its states.
 */
export type EventState = {
  readonly kickoffMs: number;
  readonly books: ReadonlyMap<string, BookState>;
  readonly memory: ReadonlyMap<string, Memory>;
};

/** An alert to be stored: inserted under its key, or the stored one of that key made worse. */
export type Finding = {
  readonly alertKey: string;
  readonly type: AlertType;
  readonly severity: Severity;
  readonly bookmaker: string;
  /** Another book whose change it tells of, in an alert that `bookmaker` began. */
  readonly changedBy?: string;
  readonly market: Market;
  readonly line: number | null;
  readonly outcome: string | null;
  readonly oldMilliOdds: number | null;
  readonly newMilliOdds: number | null;
  /** Signed hundredths of a percent; a fall of odds is negative. */
  readonly changeBasisPoints: number | null;
  /** Signed hundredths of a percentage point of probability. */
  readonly probabilityBasisPoints: number | null;
  readonly competitor: CompetitorMove | null;
  readonly availability: Availability | null;
  /** How often the alert was opened, this time included. */
  readonly occurrences: number;
  /** When it became an alert, in ms; getting worse changes nothing of it. */
  readonly openedAtMs: number;
  /** Whether anybody is to be told: false for a re-opening that is no worse than what was told before. */
  readonly isNews: boolean;
  readonly explanation: Explanation;
};

export type Detection = {
  readonly state: EventState;
  /** Quotes whose stored row changes: the observed one, and any that it showed to be gone. Empty when nothing moved. */
  readonly quoteChanges: readonly Quote[];
  /** Memory to store under its key, or to delete when null. */
  readonly memoryChanges: readonly { readonly key: string; readonly memory: Memory | null }[];
  readonly findings: readonly Finding[];
  /** Why the observed prices were not taken, when they were not. */
  readonly quarantined?: QuarantineReason;
};

/** An event of which nothing is known yet. */
export const emptyEventState = (kickoffMs: number): EventState => ({ kickoffMs, books: new Map(), memory: new Map() });

/** What is quiet on the desk: of a match, whole markets and whole bookmakers. What quiets the match makes no difference. */
export type IsMuted = (place: { readonly bookmaker: string; readonly market: Market }) => boolean;

/** `eventId` only names findings; what is muted stands for nothing that is not. Nothing is, where nothing is said. */
export type DetectContext = { readonly eventId: number; readonly isMuted?: IsMuted | undefined };

/** The one door of this room: pure, total, and never touching its arguments. */
export type Detect = (
  state: EventState,
  observation: Observation,
  settings: Settings,
  context: DetectContext,
) => Detection;

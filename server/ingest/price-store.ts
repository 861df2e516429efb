import type { AlertType, Availability, CompetitorMove, Explanation, Severity } from '../../contracts/alert.ts';
import type { EventId } from '../../contracts/ids.ts';
import type { Market } from '../../contracts/market.ts';
import type { IngestAnswer } from '../../contracts/snapshot.ts';
import type { Memory, Quote, QuoteRow, QuoteVersion as PastVersion } from '../detection/detection.ts';
import type { ObservedEvent } from '../detection/observation.ts';

/**
 * What the pipeline needs of a database, in the pipeline's words. `server/db` implements it; the types live
 * here so that the room which asks is the room which says what it needs.
 */
export type PriceStore = {
  /**
   * Runs `work` in one transaction that holds the watermark's row from its first statement, so that all
   * writers, in this process and others, commit one after the other in the order of `seq`.
   * Either everything of `work` is stored or nothing.
   */
  readonly transaction: <Result>(work: (transaction: PriceTransaction) => Promise<Result>) => Promise<Result>;
};

export type StoredQuote = QuoteRow & { readonly id: number };

/** All that is kept of an event: enough to go on detecting after a restart as if nothing had happened. */
export type StoredEvent = {
  readonly id: EventId;
  readonly described: ObservedEvent;
  readonly quotes: readonly StoredQuote[];
  /** Versions that the quotes' look-back windows are made of, each quote's in their order. */
  readonly history: readonly PastVersion[];
  readonly lastSeen: readonly { readonly bookmaker: string; readonly lastSeenMs: number }[];
  readonly memory: readonly { readonly key: string; readonly memory: Memory }[];
};

export type QuoteVersion = { readonly quoteId: number; readonly quote: Quote };

/** One chunk's worth of rows. Every list may be empty. */
export type PriceChanges = {
  /** Quotes seen for the first time, under ids taken from `reserveQuoteIds`. */
  readonly newQuotes: readonly (QuoteVersion & { readonly eventId: EventId; readonly bookmakerId: number })[];
  /** The latest state of quotes that were stored before. */
  readonly changedQuotes: readonly QuoteVersion[];
  /** Every version in the order it was observed, new quotes included. */
  readonly history: readonly QuoteVersion[];
  readonly presence: readonly {
    readonly eventId: EventId;
    readonly bookmakerId: number;
    readonly lastSeenMs: number;
  }[];
  /** Spans in which a bookmaker said nothing at an event for longer than it usually takes, once they are over. */
  readonly absences: readonly {
    readonly eventId: EventId;
    readonly bookmakerId: number;
    readonly fromMs: number;
    readonly toMs: number;
  }[];
  readonly memory: readonly { readonly eventId: EventId; readonly key: string; readonly memory: Memory | null }[];
  readonly touchedEvents: readonly { readonly eventId: EventId; readonly lastPriceMs: number }[];
};

export type AlertToStore = {
  readonly alertKey: string;
  readonly eventId: EventId;
  readonly bookmakerId: number;
  readonly market: Market;
  readonly line: number | null;
  readonly outcome: string | null;
  readonly type: AlertType;
  readonly severity: Severity;
  readonly kickoffMs: number;
  readonly changeBasisPoints: number | null;
  readonly probabilityBasisPoints: number | null;
  readonly oldMilliOdds: number | null;
  readonly newMilliOdds: number | null;
  readonly competitor: CompetitorMove | null;
  readonly availability: Availability | null;
  readonly occurrences: number;
  readonly isNews: boolean;
  readonly explanation: Explanation;
};

export type StoredAlert = {
  readonly alertKey: string;
  readonly eventId: EventId;
  readonly severity: Severity;
  readonly type: AlertType;
  /** Stored like any other, and announced to nobody. */
  readonly muted: boolean;
  /** It has a row only now, and is not muted: nobody was told of it before. */
  readonly untold: boolean;
};

/** A mute of a bookmaker, or of a market at all matches or at one. */
export type MutedPlace = { readonly bookmaker: string } | { readonly market: Market; readonly eventId: EventId | null };

export type PriceTransaction = {
  /** The watermark as locked: nobody else moves it before this transaction ends. */
  readonly head: {
    readonly epoch: string;
    readonly seq: number;
    readonly oddsVersion: number;
    /** The version with which events were last deleted. */
    readonly eventsDeletedVersion: number;
  };
  readonly answerOf: (key: string) => Promise<{ readonly bodyHash: string; readonly answer: IngestAnswer } | null>;
  /** Events whose prices or memory another writer changed after `oddsVersion`. */
  readonly eventsChangedSince: (oddsVersion: number) => Promise<readonly EventId[]>;
  /** Those of the events that there still are. */
  readonly eventsAmong: (ids: readonly EventId[]) => Promise<readonly EventId[]>;
  /** `lookBackMs` reaches back from each quote's newest version. */
  readonly loadEvents: (
    sourceKeys: readonly string[],
    options: { readonly lookBackMs: number },
  ) => Promise<readonly StoredEvent[]>;
  readonly createEvents: (events: readonly ObservedEvent[]) => Promise<ReadonlyMap<string, EventId>>;
  /** Stores a changed description or kickoff and moves the kickoff of the event's alerts; returns how many alerts moved. */
  readonly redescribeEvents: (
    events: readonly { readonly eventId: EventId; readonly described: ObservedEvent }[],
  ) => Promise<{ readonly movedAlerts: number }>;
  /** When each bookmaker was last heard of, by any process. */
  readonly lastWords: () => Promise<ReadonlyMap<string, number>>;
  /** Mutes in force of bookmakers and of markets. */
  readonly mutedPlaces: () => Promise<readonly MutedPlace[]>;
  readonly bookmakerIds: (names: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  readonly reserveQuoteIds: (count: number) => Promise<readonly number[]>;
  readonly write: (changes: PriceChanges) => Promise<void>;
  /** Inserts alerts, or makes a stored one of the same key worse or more frequent; returns those that changed. */
  readonly storeAlerts: (alerts: readonly AlertToStore[]) => Promise<readonly StoredAlert[]>;
  readonly storeAnswer: (key: string, bodyHash: string, answer: IngestAnswer) => Promise<void>;
  /** The seq that the watermark will have when this transaction has committed. */
  readonly seq: () => number;
};

import type { EventId } from '../../contracts/ids.ts';
import {
  emptyEventState,
  type EventState,
  type Finding,
  type Memory,
  type Quote,
  quoteKey,
} from '../detection/detection.ts';
import { buildEventState, rememberRunningPolls } from '../detection/event-state.ts';
import type { ObservedEvent } from '../detection/observation.ts';
import type { CachedEvent } from './event-cache.ts';
import { createFoundAlerts } from './found-alerts.ts';
import type { PriceChanges, QuoteVersion, StoredEvent } from './price-store.ts';

type StagedEvent = {
  readonly id: EventId;
  described: ObservedEvent;
  state: EventState;
  quoteIds: Map<string, number>;
  /** Still the cached map, not to be written to before it is copied. */
  sharesQuoteIds: boolean;
  lastPriceMs: number;
  /** When each bookmaker was last heard of in what is to be written, and whether any was in this transaction. */
  readonly heard: Map<string, number>;
  observed: boolean;
};

type PendingQuote = { readonly event: StagedEvent; readonly quote: Quote };

/**
 * What a transaction has worked out and not yet committed: event states, and the rows to write for them.
 * A failed transaction drops its stage, and with it every trace of what it saw.
 */
export function createStage() {
  const events = new Map<string, StagedEvent>();
  const redescribed = new Set<StagedEvent>();
  const bookmakers = new Map<string, number>();
  let absences: PriceChanges['absences'][number][] = [];
  const memory = new Map<string, PriceChanges['memory'][number]>();
  const touched = new Set<StagedEvent>();
  let pending: PendingQuote[] = [];
  const alerts = createFoundAlerts();

  function bookmakerId(name: string): number {
    const id = bookmakers.get(name);
    if (id === undefined) throw new Error(`bookmaker ${name} was not resolved before it was used`);
    return id;
  }

  /** Takes an event into the transaction, in which nothing was heard of it yet. */
  function enter(
    sourceKey: string,
    { id, described, state, quoteIds, sharesQuoteIds }: Omit<StagedEvent, 'lastPriceMs' | 'heard' | 'observed'>,
  ): void {
    events.set(sourceKey, {
      id,
      described,
      state,
      quoteIds,
      sharesQuoteIds,
      lastPriceMs: 0,
      heard: new Map(),
      observed: false,
    });
  }

  return {
    /** The event, if this transaction has it already. */
    event: (sourceKey: string): StagedEvent | undefined => events.get(sourceKey),

    /** Takes an event as it was committed. */
    addCached(sourceKey: string, { id, described, state, quoteIds }: CachedEvent): void {
      enter(sourceKey, { id, described, state, quoteIds: quoteIds as Map<string, number>, sharesQuoteIds: true });
    },

    /** Takes an event as the database holds it. */
    addStored(stored: StoredEvent, lookBackMs: number): void {
      const { id, described, quotes, history, lastSeen, memory: memories } = stored;
      const { kickoffMs } = described;
      enter(described.sourceKey, {
        id,
        described,
        state: buildEventState({ kickoffMs, quotes, history, lookBackMs, lastSeen, memory: memories }),
        quoteIds: new Map(quotes.map((quote) => [quoteKey(quote), quote.id])),
        sharesQuoteIds: false,
      });
    },

    /** Takes an event that was never heard of before. */
    addNew(id: EventId, described: ObservedEvent): void {
      const state = emptyEventState(described.kickoffMs);
      enter(described.sourceKey, { id, described, state, quoteIds: new Map(), sharesQuoteIds: false });
    },

    hasBookmaker: (name: string): boolean => bookmakers.has(name),
    addBookmakers(ids: ReadonlyMap<string, number>): void {
      for (const [name, id] of ids) bookmakers.set(name, id);
    },

    /** Notes that a bookmaker was heard of at an event. */
    seen(event: StagedEvent, bookmaker: string, observedAtMs: number): void {
      const knownMs = event.heard.get(bookmaker);
      if (knownMs === undefined || knownMs < observedAtMs) event.heard.set(bookmaker, observedAtMs);
      if (event.lastPriceMs < observedAtMs) event.lastPriceMs = observedAtMs;
      event.observed = true;
      touched.add(event);
    },

    /** Notes that a bookmaker had said nothing at an event for longer than it usually takes. */
    wasAbsent(event: StagedEvent, bookmaker: string, span: { readonly fromMs: number; readonly toMs: number }): void {
      absences.push({ eventId: event.id, bookmakerId: bookmakerId(bookmaker), ...span });
    },

    redescribe(event: StagedEvent, described: ObservedEvent): void {
      event.described = described;
      redescribed.add(event);
    },

    /** Keeps in memory what polls that are still running have yet to show: the transaction may end in the middle of one. */
    rememberPolls(): void {
      for (const event of events.values()) {
        if (!event.observed) continue;
        const { state, memoryChanges } = rememberRunningPolls(event.state);
        event.state = state;
        for (const change of memoryChanges) {
          memory.set(`${event.id}|${change.key}`, { eventId: event.id, ...change });
        }
      }
    },

    changeQuote(event: StagedEvent, quote: Quote): void {
      pending.push({ event, quote });
    },

    changeMemory(event: StagedEvent, key: string, value: Memory | null): void {
      memory.set(`${event.id}|${key}`, { eventId: event.id, key, memory: value });
    },

    /** Keeps a finding for the end of the transaction. Returns whether anybody is to be told. */
    find: (event: StagedEvent, finding: Finding): boolean =>
      alerts.add(finding, {
        eventId: event.id,
        kickoffMs: event.state.kickoffMs,
        bookmakerId: bookmakerId(finding.bookmaker),
      }),
    /** Some of what was found and is still to be stored. */
    takeAlerts: alerts.take,

    pendingRows: (): number => pending.length,

    /** How many pending quotes have no id yet. */
    quotesWithoutId(): number {
      const missing = new Set<string>();
      for (const { event, quote } of pending) {
        const key = quoteKey(quote);
        if (!event.quoteIds.has(key)) missing.add(`${event.id}|${key}`);
      }
      return missing.size;
    },

    /** Remembered changes that have not been taken: what only the last word of a transaction counts of. */
    pendingMemory: (): number => memory.size,

    /** The pending rows as one piece of work for the database, new quotes numbered from `reservedIds`. Empties the pending rows. */
    takeRows(reservedIds: readonly number[]): PriceChanges {
      const created = new Map<number, PriceChanges['newQuotes'][number]>();
      const changed = new Map<number, QuoteVersion>();
      const history: QuoteVersion[] = [];
      let nextReserved = 0;
      for (const { event, quote } of pending) {
        const key = quoteKey(quote);
        let quoteId = event.quoteIds.get(key);
        if (quoteId === undefined) {
          quoteId = reservedIds[nextReserved];
          if (quoteId === undefined) throw new Error('fewer quote ids were reserved than new quotes are pending');
          nextReserved += 1;
          if (event.sharesQuoteIds) {
            event.quoteIds = new Map(event.quoteIds);
            event.sharesQuoteIds = false;
          }
          event.quoteIds.set(key, quoteId);
          created.set(quoteId, { quoteId, quote, eventId: event.id, bookmakerId: bookmakerId(quote.bookmaker) });
        } else {
          const creation = created.get(quoteId);
          if (creation === undefined) changed.set(quoteId, { quoteId, quote });
          else created.set(quoteId, { ...creation, quote });
        }
        history.push({ quoteId, quote });
      }
      const absent = absences;
      pending = [];
      absences = [];
      return {
        newQuotes: [...created.values()],
        changedQuotes: [...changed.values()],
        history,
        absences: absent,
        presence: [],
        memory: [],
        touchedEvents: [],
      };
    },

    /** Who was heard of, what is remembered, and which events were touched since it was last taken. */
    takeNotes(): Pick<PriceChanges, 'presence' | 'memory' | 'touchedEvents'> {
      const notes = {
        presence: [...touched].flatMap(({ id, heard }) =>
          [...heard].map(([name, lastSeenMs]) => ({ eventId: id, bookmakerId: bookmakerId(name), lastSeenMs })),
        ),
        memory: [...memory.values()],
        touchedEvents: [...touched].map((event) => ({ eventId: event.id, lastPriceMs: event.lastPriceMs })),
      };
      memory.clear();
      for (const event of touched) event.heard.clear();
      touched.clear();
      return notes;
    },

    takeRedescribed(): { readonly eventId: EventId; readonly described: ObservedEvent }[] {
      const taken = [...redescribed].map((event) => ({ eventId: event.id, described: event.described }));
      redescribed.clear();
      return taken;
    },

    /** The states to publish once the transaction has committed. */
    committed(): ReadonlyMap<string, CachedEvent> {
      const out = new Map<string, CachedEvent>();
      for (const [key, { id, described, state, quoteIds }] of events) out.set(key, { id, described, state, quoteIds });
      return out;
    },
  };
}

export type Stage = ReturnType<typeof createStage>;
export type { StagedEvent };

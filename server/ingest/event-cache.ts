import type { EventId } from '../../contracts/ids.ts';
import type { EventState, QuoteKey } from '../detection/detection.ts';
import type { ObservedEvent } from '../detection/observation.ts';

/** An event as this process last committed it. Quote ids are added in place: an id once given never changes. */
export type CachedEvent = {
  readonly id: EventId;
  readonly described: ObservedEvent;
  readonly state: EventState;
  readonly quoteIds: ReadonlyMap<QuoteKey, number>;
};

/** One state of all prices. Versions of two lives of the database cannot be compared. */
export type PriceHead = { readonly epoch: string; readonly oddsVersion: number };

/**
 * Committed event states by the producer's id, the least recently used dropped beyond `maxEvents`: what is
 * dropped is read back from the database when it is heard of again.
 */
export function createEventCache(options: { readonly maxEvents: number }) {
  const events = new Map<string, CachedEvent>();
  const keyById = new Map<EventId, string>();
  let head: PriceHead | null = null;

  function drop(key: string): void {
    const event = events.get(key);
    if (event === undefined) return;
    events.delete(key);
    keyById.delete(event.id);
  }

  return {
    get: (sourceKey: string): CachedEvent | undefined => events.get(sourceKey),

    /** Every remembered event under its producer's id. */
    entries: (): Iterable<readonly [string, CachedEvent]> => events,

    /** The version of the database that these states belong to; null before the first commit. */
    head: (): PriceHead | null => head,

    /** Takes over what a committed transaction staged. */
    adopt(staged: ReadonlyMap<string, CachedEvent>, next: PriceHead): void {
      for (const [key, event] of staged) {
        events.delete(key);
        events.set(key, event);
        keyById.set(event.id, key);
      }
      head = next;
      for (const key of events.keys()) {
        if (events.size <= options.maxEvents) break;
        drop(key);
      }
    },

    /** Forgets events that another writer has changed. */
    forget(ids: readonly EventId[]): void {
      for (const id of ids) {
        const key = keyById.get(id);
        if (key !== undefined) drop(key);
      }
    },

    ids: (): EventId[] => [...keyById.keys()],

    /** Forgets events that are gone. */
    keepOnly(ids: readonly EventId[]): void {
      const kept = new Set(ids);
      for (const [id, key] of keyById) if (!kept.has(id)) drop(key);
    },

    clear(): void {
      events.clear();
      keyById.clear();
      head = null;
    },

    size: (): number => events.size,
  };
}

export type EventCache = ReturnType<typeof createEventCache>;

import type { Settings } from '../../contracts/settings.ts';
import type { Observation, ObservedEvent } from '../detection/observation.ts';
import type { EventCache } from './event-cache.ts';
import type { PriceTransaction } from './price-store.ts';
import type { Stage } from './stage.ts';

const MINUTE_MS = 60_000;

/** Brings the events and bookmakers of a chunk into the stage: from the cache, the database, or made anew. */
export async function resolveEvents(
  transaction: PriceTransaction,
  stage: Stage,
  chunk: readonly Observation[],
  { cache, settings }: { readonly cache: EventCache; readonly settings: Settings },
): Promise<void> {
  const missing = new Map<string, ObservedEvent>();
  const names = new Set<string>();
  for (const { event, bookmaker } of chunk) {
    if (!stage.hasBookmaker(bookmaker)) names.add(bookmaker);
    if (stage.event(event.sourceKey) !== undefined || missing.has(event.sourceKey)) continue;
    const cached = cache.get(event.sourceKey);
    if (cached === undefined) {
      missing.set(event.sourceKey, event);
      continue;
    }
    stage.addCached(event.sourceKey, cached);
    // What one book does can be found at another that this chunk does not name.
    for (const name of cached.state.books.keys()) if (!stage.hasBookmaker(name)) names.add(name);
  }
  if (names.size > 0) stage.addBookmakers(await transaction.bookmakerIds([...names]));
  if (missing.size === 0) return;
  const lookBackMs = longestLookBackMs(settings);
  for (const stored of await transaction.loadEvents([...missing.keys()], { lookBackMs })) {
    // So it can at an event that was loaded.
    const unknown = stored.lastSeen.map((book) => book.bookmaker).filter((name) => !stage.hasBookmaker(name));
    if (unknown.length > 0) stage.addBookmakers(await transaction.bookmakerIds(unknown));
    stage.addStored(stored, lookBackMs);
    missing.delete(stored.described.sourceKey);
  }
  if (missing.size === 0) return;
  const created = await transaction.createEvents([...missing.values()]);
  for (const [sourceKey, id] of created) {
    const described = missing.get(sourceKey);
    if (described !== undefined) stage.addNew(id, described);
  }
}

/** The longest look-back that any sport or league goes by, in ms. */
function longestLookBackMs(settings: Settings): number {
  const minutes = settings.overrides.map(({ rules }) => rules.lookBackMinutes ?? 0);
  return Math.max(settings.lookBackMinutes, ...minutes) * MINUTE_MS;
}

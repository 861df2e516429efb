import type { EventCache } from './event-cache.ts';
import type { PriceTransaction } from './price-store.ts';

/**
 * Forgets what the cache remembers and others have changed since: a second writer, the retention, or a restore, after
 * which nothing that was remembered counts.
 */
export async function forgetStaleEvents(cache: EventCache, transaction: PriceTransaction): Promise<void> {
  const { head } = transaction;
  const known = cache.head();
  if (known === null || known.epoch !== head.epoch || known.oddsVersion > head.oddsVersion) {
    cache.clear();
    return;
  }
  if (known.oddsVersion === head.oddsVersion) return;
  // A deleted event is no changed one: it leaves no row that says so.
  if (known.oddsVersion < head.eventsDeletedVersion) cache.keepOnly(await transaction.eventsAmong(cache.ids()));
  cache.forget(await transaction.eventsChangedSince(known.oddsVersion));
}

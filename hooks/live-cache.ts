import type { QueryClient } from '@tanstack/react-query';
import { type Watermark, compareWatermarks } from '../contracts/watermark.ts';
import { watermarkIn } from './answer-shape.ts';
import type { LiveCache } from './level-keeper.ts';
import { liveKey } from './queries.ts';

/** The watermark that a cached answer carries; of a paged one, its first page's: that is fetched first. */
function watermarkOf(data: unknown): Watermark | null {
  if (typeof data !== 'object' || data === null) return null;
  const answer: unknown = 'pages' in data && Array.isArray(data.pages) ? data.pages[0] : data;
  return watermarkIn(answer);
}

/**
 * The watermark side of a query client: what is on screen, how old it is, and how to fetch it again. `forgetOthers`
 * drops what is kept outside of it.
 */
export function createLiveCache(client: QueryClient, forgetOthers = (): void => {}): LiveCache {
  return {
    level(epoch) {
      let oldest: Watermark | null = null;
      for (const query of client.getQueryCache().findAll({ queryKey: liveKey, type: 'active' })) {
        const watermark = watermarkOf(query.state.data);
        if (watermark === null) continue;
        // Two lives of the database cannot be compared; the one that is over is the older.
        if (epoch !== undefined && watermark.epoch !== epoch) return watermark;
        if (oldest === null || compareWatermarks(watermark, oldest) !== 'ahead') oldest = watermark;
      }
      return oldest;
    },
    isBroken: () =>
      client
        .getQueryCache()
        .findAll({ queryKey: liveKey, type: 'active', predicate: ({ state }) => state.status === 'error' }).length > 0,
    // One invalidation for all: two would be two refetches. Inactive data only becomes stale.
    refresh: () => client.invalidateQueries({ queryKey: liveKey, refetchType: 'active' }, { cancelRefetch: false }),
    abandon() {
      const isFetching = client.isFetching({ queryKey: liveKey, type: 'active' }) > 0;
      if (isFetching) void client.cancelQueries({ queryKey: liveKey, type: 'active' }); // resolves even when a fetch fails
      return isFetching;
    },
    async drop() {
      client.removeQueries({ queryKey: liveKey, type: 'inactive' });
      forgetOthers();
      await client.resetQueries({ queryKey: liveKey, type: 'active' });
    },
  };
}

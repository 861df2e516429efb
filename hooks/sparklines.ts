import type { Sparkline } from '../contracts/sparkline.ts';
import { MAX_SPARKLINES } from '../contracts/limits.ts';
import { createBatch } from './batch.ts';
import { browserApi } from './browser-api.ts';
import { monotonicNow } from './desk-clock.ts';
import { createSparklineStore } from './sparkline-store.ts';

/** Rows that are drawn in one frame ask within it. */
const GATHER_MS = 16;
const TIMEOUT_MS = 4_000;
const REFETCH_MS = 30_000;

/** The small lines of this tab's rows. */
export const sparklines = createSparklineStore({
  ask: createBatch<number, Sparkline | null>({
    gatherMs: GATHER_MS,
    maxIds: MAX_SPARKLINES,
    async fetchMany(ids) {
      // In one order, so that two desks with the same rows share the server's answer.
      const sorted = ids.toSorted((a, b) => a - b);
      const answer = await browserApi.sparklines(sorted, AbortSignal.timeout(TIMEOUT_MS));
      const byId = new Map(answer.sparklines.map((sparkline): [number, Sparkline] => [sparkline.alertId, sparkline]));
      return new Map(ids.map((id) => [id, byId.get(id) ?? null]));
    },
  }),
  now: monotonicNow,
  everyMs: REFETCH_MS,
  isHidden: () => document.visibilityState === 'hidden',
});

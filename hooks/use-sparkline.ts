import { useQuery } from '@tanstack/react-query';
import type { Sparkline } from '../contracts/sparkline.ts';
import { MAX_SPARKLINES } from '../contracts/limits.ts';
import { createBatch } from './batch.ts';
import { browserApi } from './browser-api.ts';
import { liveKey } from './queries.ts';

/** Rows that are drawn in one frame ask within it. */
const GATHER_MS = 16;
const TIMEOUT_MS = 4_000;
/** Prices move without an announcement; this often the lines of the rows on screen are read again. */
const REFETCH_MS = 30_000;

type Answer = { readonly sparkline: Sparkline | null; readonly epoch: string; readonly seq: number };

const ask = createBatch<number, Answer>({
  gatherMs: GATHER_MS,
  maxIds: MAX_SPARKLINES,
  async fetchMany(ids) {
    // In one order, so that two desks with the same rows share the server's answer.
    const sorted = ids.toSorted((a, b) => a - b);
    const { sparklines, epoch, seq } = await browserApi.sparklines(sorted, AbortSignal.timeout(TIMEOUT_MS));
    const byId = new Map(sparklines.map((sparkline): [number, Sparkline] => [sparkline.alertId, sparkline]));
    return new Map(ids.map((id) => [id, { sparkline: byId.get(id) ?? null, epoch, seq }]));
  },
});

/** The latest two hours of an alert's price; null while it is not known. All rows on screen share one request. */
export function useSparkline(alertId: number): Sparkline | null {
  const { data } = useQuery({
    queryKey: [...liveKey, 'alerts', 'sparkline', alertId],
    queryFn: () => ask(alertId),
    staleTime: REFETCH_MS,
    refetchInterval: REFETCH_MS,
    // A small line that cannot be read is left out: the row says all that matters without it.
    retry: false,
  });
  return data?.sparkline ?? null;
}

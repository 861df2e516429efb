import { useQuery } from '@tanstack/react-query';
import type { Alert } from '../contracts/alert.ts';
import type { Sparkline } from '../contracts/sparkline.ts';
import { MAX_SPARKLINES } from '../contracts/limits.ts';
import { createBatch } from './batch.ts';
import { browserApi } from './browser-api.ts';
import { sparklinesKey } from './queries.ts';

/** Rows that are drawn in one frame ask within it. */
const GATHER_MS = 16;
const TIMEOUT_MS = 4_000;
/** Prices move without an announcement; this often the lines of the rows on screen are read again. */
const REFETCH_MS = 30_000;

const ask = createBatch<number, Sparkline | null>({
  gatherMs: GATHER_MS,
  maxIds: MAX_SPARKLINES,
  async fetchMany(ids) {
    // In one order, so that two desks with the same rows share the server's answer.
    const sorted = ids.toSorted((a, b) => a - b);
    const { sparklines } = await browserApi.sparklines(sorted, AbortSignal.timeout(TIMEOUT_MS));
    const byId = new Map(sparklines.map((sparkline): [number, Sparkline] => [sparkline.alertId, sparkline]));
    return new Map(ids.map((id) => [id, byId.get(id) ?? null]));
  },
});

/** Until the next full half minute, so that all rows ask together whenever each of them came. */
function untilNextRead(): number {
  const leftMs = REFETCH_MS - (performance.now() % REFETCH_MS);
  // A timer may come a little early; the same half minute is not read twice.
  return leftMs < GATHER_MS * 10 ? leftMs + REFETCH_MS : leftMs;
}

/**
 * The latest two hours of an alert's price; null while it is not known. All rows on screen share one request. An
 * announcement has it read again only where it changed the alert itself: the other prices are as they were.
 */
export function useSparkline({ id, seq }: Pick<Alert, 'id' | 'seq'>): Sparkline | null {
  const { data } = useQuery({
    queryKey: [...sparklinesKey, id, seq] as const,
    queryFn: () => ask(id),
    staleTime: REFETCH_MS,
    refetchInterval: untilNextRead,
    // A row keeps its line while the newer one is on its way, but never that of another alert.
    placeholderData: (previous, query) => (query?.queryKey[1] === id ? previous : undefined),
    // A small line that cannot be read is left out: the row says all that matters without it.
    retry: false,
  });
  return data ?? null;
}

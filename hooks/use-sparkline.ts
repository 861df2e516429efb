import { useCallback, useSyncExternalStore } from 'react';
import type { Alert } from '../contracts/alert.ts';
import type { Sparkline } from '../contracts/sparkline.ts';
import { sparklines } from './sparklines.ts';

const unknown = (): null => null;

/** The latest two hours of an alert's price; null while it is not known. All rows on screen share one request. */
export function useSparkline({ id, seq }: Pick<Alert, 'id' | 'seq'>): Sparkline | null {
  const follow = useCallback((listener: () => void) => sparklines.follow(id, seq, listener), [id, seq]);
  return useSyncExternalStore(follow, () => sparklines.get(id), unknown);
}

import { MAX_EVENT_IDS } from '../../contracts/socket.ts';
import { type Watermark, compareWatermarks } from '../../contracts/watermark.ts';

/**
 * One more than fits on a message is enough to know that it does not hold them all, and keeps a merge bounded while
 * nothing can be sent.
 */
export const MAX_IDS_KEPT = MAX_EVENT_IDS + 1;

/** Every value once, in the order of first appearance, at most `limit` of them. */
export function unionUpTo<Value>(limit: number, ...lists: readonly (readonly Value[])[]): Value[] {
  const union = new Set<Value>();
  for (const list of lists) {
    for (const value of list) {
      if (union.size >= limit) return [...union];
      union.add(value);
    }
  }
  return [...union];
}

/** The further of two watermarks; of two epochs the one that was announced later. */
export function newestWatermark(earlier: Watermark, later: Watermark): Watermark {
  return compareWatermarks(earlier, later) === 'ahead' ? earlier : later;
}

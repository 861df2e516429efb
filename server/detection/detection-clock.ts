import type { Detect } from './detection.ts';

/** What became of a snapshot's price. */
export type Became = 'changed' | 'unchanged';
export type TimeSpent = { readonly [price in Became]: { readonly snapshots: number; readonly seconds: number } };

/** Detection with a clock beside it: how many snapshots it judged, and how long that took, since the start. */
export function createDetectionClock(detect: Detect) {
  const spent = { changed: { snapshots: 0, seconds: 0 }, unchanged: { snapshots: 0, seconds: 0 } };
  const timed: Detect = (...about) => {
    const startedMs = performance.now();
    const detection = detect(...about);
    const side = spent[detection.quoteChanges.length > 0 ? 'changed' : 'unchanged'];
    side.snapshots += 1;
    side.seconds += (performance.now() - startedMs) / 1_000;
    return detection;
  };
  return { detect: timed, spent: (): TimeSpent => spent };
}

import type { DeskClock } from '../contracts/feed.ts';
import { createSubscribers } from './subscribers.ts';

/** Relative times are never read to less than a second. */
export const TICK_MS = 1_000;

/**
 * The desk's time on this machine's monotonic clock: a replay runs the time of its recording, maybe faster, and
 * a browser's own clock may be wrong. All ages and countdowns of a tab share its one ticker, which runs only
 * while somebody listens; `deskNow` and `realNow` stand still between ticks, so that a page is drawn of one moment.
 */
export function createDeskTime(monotonic: () => number) {
  const subscribers = createSubscribers();
  let anchor: { readonly clock: DeskClock; readonly deskMs: number; readonly atMs: number } | undefined;
  let ticker: ReturnType<typeof setInterval> | undefined;
  let tickMs = monotonic();

  function tick(): void {
    tickMs = monotonic();
    subscribers.notify();
  }

  return {
    /** Sets the desk's time to what the server has just said. The same reading again changes nothing. */
    observe(clock: DeskClock): void {
      if (anchor?.clock.now === clock.now && anchor.clock.rate === clock.rate) return;
      anchor = { clock, deskMs: Date.parse(clock.now), atMs: monotonic() };
      tick();
    },
    /** Epoch milliseconds of the desk; undefined before the first `observe`. */
    deskNow: (): number | undefined =>
      anchor === undefined ? undefined : anchor.deskMs + Math.max(0, tickMs - anchor.atMs) * anchor.clock.rate,
    /** This machine's monotonic milliseconds at the last tick. */
    realNow: (): number => tickMs,
    subscribe(listener: () => void): () => void {
      const remove = subscribers.add(listener);
      ticker ??= setInterval(tick, TICK_MS);
      return () => {
        remove();
        if (subscribers.size() > 0) return;
        clearInterval(ticker);
        ticker = undefined;
      };
    },
  };
}

const monotonicNow = (): number => performance.now();
export const deskTime = createDeskTime(monotonicNow);
export { monotonicNow };

/** A moment of the monotonic clock, and now, in epoch milliseconds of this machine's own clock. */
export function wallTimes(atMs: number): { readonly atMs: number; readonly nowMs: number } {
  const nowMs = Date.now();
  return { atMs: nowMs - (monotonicNow() - atMs), nowMs };
}

import type { HubLimits } from './limits.ts';

type PaceLimits = Pick<HubLimits, 'announceGapMs' | 'announceRestFactor' | 'mostAnnounceGapMs'>;

/** Paces a topic by what telling its listeners costs: few are told ten times a second, very many once. */
export function createPace(limits: PaceLimits, now: () => number = () => performance.now()) {
  let busyMs = 0;

  return {
    /** Runs a broadcast and remembers for how long it had the thread. */
    measure(broadcast: () => unknown): void {
      const startedMs = now();
      broadcast();
      busyMs = now() - startedMs;
    },

    /** From the broadcast measured last to the next one. */
    gapMs: (): number =>
      Math.min(limits.mostAnnounceGapMs, Math.max(limits.announceGapMs, busyMs * limits.announceRestFactor)),
  };
}

import type { DeskClock } from '../contracts/feed.ts';

/**
 * The desk's time. It is the wall's, unless a recording is replayed: then it runs in the recording's time and
 * at its speed, so that kickoffs, ages and "past" mean what they meant when the prices were recorded.
 */
export function createClock(wall: () => number = Date.now) {
  let anchorWallMs = 0;
  let anchorDeskMs = 0;
  let rate = 1;

  const now = (): number => (anchorWallMs === 0 ? wall() : anchorDeskMs + (wall() - anchorWallMs) * rate);

  return {
    /** Epoch milliseconds on the desk. */
    now,
    rate: (): number => rate,
    read: (): DeskClock => ({ now: new Date(now()).toISOString(), rate }),

    /** Sets the desk to a recorded instant, from which it runs on at `nextRate`. */
    follow(recordedMs: number, nextRate: number): void {
      anchorWallMs = wall();
      anchorDeskMs = recordedMs;
      rate = nextRate;
    },

    /** Gives the desk the wall's time again. */
    release(): void {
      anchorWallMs = 0;
      rate = 1;
    },
  };
}

export type Clock = ReturnType<typeof createClock>;

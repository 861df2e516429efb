import { setTimeout as pause } from 'node:timers/promises';

/** Between two steps of a sweep, for whoever else wants to write: then the database is ours a small part of the time. */
const BETWEEN_STEPS_MS = 50;
/** While ingest is behind, retention looks again after this long. */
const BUSY_PAUSE_MS = 1_000;

/**
 * Deletes what has been kept long enough: soon after the start and then every `everyMs`, in steps of bounded size
 * with a pause after each, and none at all while ingest is behind. A failed step ends its sweep; the next one goes
 * on where it stopped.
 */
export function createRetentionWatch(options: {
  /** Deletes a bounded piece; 0 when nothing is left. */
  readonly step: () => Promise<number>;
  /** Whether ingest has more to write than it can. */
  readonly isBusy: () => boolean;
  readonly firstAfterMs: number;
  readonly everyMs: number;
  /** Hears of each sweep that deleted something. */
  readonly onSwept: (sweep: { readonly rows: number; readonly steps: number }) => void;
  readonly onError: (error: unknown) => void;
}) {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function sweep(): Promise<void> {
    let rows = 0;
    let steps = 0;
    try {
      while (!signal.aborted) {
        if (options.isBusy()) {
          await pause(BUSY_PAUSE_MS, undefined, { signal });
          continue;
        }
        const deleted = await options.step();
        if (deleted === 0) break;
        rows += deleted;
        steps += 1;
        await pause(BETWEEN_STEPS_MS, undefined, { signal });
      }
    } catch (error) {
      if (!signal.aborted) options.onError(error);
    } finally {
      if (rows > 0) options.onSwept({ rows, steps });
    }
  }

  async function watch(): Promise<void> {
    try {
      await pause(options.firstAfterMs, undefined, { signal, ref: false });
      while (!signal.aborted) {
        await sweep();
        await pause(options.everyMs, undefined, { signal, ref: false });
      }
    } catch (error) {
      if (!signal.aborted) options.onError(error);
    }
  }

  const watching = watch();
  return {
    /** Ends after the step under way. */
    async stop(): Promise<void> {
      stopping.abort();
      await watching;
    },
  };
}

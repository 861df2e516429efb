import { AppError } from '../../contracts/errors.ts';

/** What a producer is asked to wait when all bodies together need too much: for one of them to be stored. */
const RETRY_SECONDS = 2;

/** The memory that all bodies under way share, in estimated bytes of snapshots. */
export type BodyMemory = {
  /** Throws `queue_full` when there is no room; then nothing is taken. */
  take(bytes: number): void;
  give(bytes: number): void;
  /** Whether bodies should go to disk sooner than they would by themselves. */
  isTight(): boolean;
  used(): number;
};

/**
 * Bounds what bodies hold between their first line and the write queue, which counts for itself. One body holds some
 * megabytes at most, but a thousand producers may send at once: from half of it on each body goes to disk early, and
 * beyond it the one that asks for more is told to come back.
 */
export function createBodyMemory({ maxBytes }: { readonly maxBytes: number }): BodyMemory {
  let used = 0;
  return {
    take(bytes) {
      if (used + bytes > maxBytes) {
        throw new AppError('queue_full', `the bodies that are being read hold ${used} of ${maxBytes} bytes`, {
          retryAfterSeconds: RETRY_SECONDS,
        });
      }
      used += bytes;
    },
    give(bytes) {
      used -= bytes;
    },
    isTight: () => used > maxBytes / 2,
    used: () => used,
  };
}

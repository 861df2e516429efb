import { LIMITS } from './config.ts';
import { createRetentionWatch } from './retention-watch.ts';
import { createSweep } from './sweep.ts';

/** Deletes what is old, from now on, in small steps: alerts and prices after their days, stored answers after theirs. */
export function startHousekeeping(options: {
  /** Deletes a bounded piece of alerts and prices; 0 when nothing is left. */
  readonly retentionStep: () => Promise<number>;
  /** Deletes at most `limit` answers that are older; answers how many. */
  readonly forgetOldAnswers: (bounds: { readonly hours: number; readonly limit: number }) => Promise<number>;
  /** Whether ingest has more to write than it can. */
  readonly isBusy: () => boolean;
  readonly onSwept: (sweep: { readonly rows: number; readonly steps: number }) => void;
  readonly onError: (error: unknown, what: string) => void;
}) {
  const retention = createRetentionWatch({
    step: options.retentionStep,
    isBusy: options.isBusy,
    firstAfterMs: LIMITS.retentionFirstMs,
    everyMs: LIMITS.retentionEveryMs,
    onSwept: options.onSwept,
    onError: (error) => options.onError(error, 'old alerts and prices could not be deleted; trying again later'),
  });
  const keys = createSweep({
    step: () => options.forgetOldAnswers({ hours: LIMITS.idempotencyHours, limit: LIMITS.keySweepRows }),
    stepSize: LIMITS.keySweepRows,
    everyMs: LIMITS.keySweepMs,
    pauseMs: LIMITS.keySweepPauseMs,
    onError: (error) => options.onError(error, 'old idempotency keys could not be removed; it is tried again'),
  });
  return {
    /** Ends after the steps under way. */
    stop: async (): Promise<void> => void (await Promise.all([retention.stop(), keys.stop()])),
  };
}

import { AppError, errorCode } from '../../contracts/errors.ts';
import type { Observation } from '../detection/observation.ts';
import { pause } from './pause.ts';
import type { Submit, SubmitResult } from './source.ts';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

/**
 * Submits until it is committed: a full queue and a database that is away are waited out, as long as they ask
 * for it or with growing pauses, so that nothing is lost and order is kept. Null when `signal` ended the wait or
 * the desk is shutting down; every other error is the caller's.
 */
export async function submitPatiently(
  submit: Submit,
  observations: readonly Observation[],
  signal: AbortSignal,
): Promise<SubmitResult | null> {
  for (let waitMs = FIRST_WAIT_MS; !signal.aborted; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
    try {
      return await submit(observations);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'shutting_down') return null;
      if (code !== 'queue_full' && code !== 'database_unavailable') throw error;
      const asked = error instanceof AppError ? error.retryAfterSeconds : undefined;
      await pause(asked === undefined ? waitMs : asked * 1_000, signal);
    }
  }
  return null;
}

import { AppError } from '../../contracts/errors.ts';
import type { RetryLimits } from './back-off.ts';

const MAX_RETRY_AFTER_SECONDS = 30;
const AFTER_SHUTDOWN_SECONDS = 5;

type Weight = { readonly rows: number; readonly bytes: number };

/** The item does not fit on top of what waits. The oldest entry's age is how long the queue takes to work through that. */
export function queueFull(
  item: Weight,
  held: Weight & { readonly oldestAgeMs: number },
  bounds: { readonly maxRows: number; readonly maxBytes: number },
): AppError {
  const seconds = Math.ceil(held.oldestAgeMs / 1_000);
  return new AppError(
    'queue_full',
    `Expected at most ${bounds.maxRows} rows and ${bounds.maxBytes} bytes to wait, got ${item.rows} rows and ` +
      `${item.bytes} bytes on top of ${held.rows} and ${held.bytes}; send it again later.`,
    { retryAfterSeconds: Math.min(MAX_RETRY_AFTER_SECONDS, Math.max(1, seconds)) },
  );
}

/** The item waited until its deadline. */
export const databaseUnavailable = (deadlineMs: number, { maxDelayMs }: RetryLimits): AppError =>
  new AppError('database_unavailable', `The database did not take this within ${deadlineMs} ms; send it again.`, {
    retryAfterSeconds: Math.max(1, Math.ceil(maxDelayMs / 1_000)),
  });

/** Nothing more is taken. */
export const shuttingDown = (): AppError =>
  new AppError('shutting_down', 'Linewatch is shutting down; send it again in a moment.', {
    retryAfterSeconds: AFTER_SHUTDOWN_SECONDS,
  });

export type RetryLimits = { readonly firstDelayMs: number; readonly maxDelayMs: number };

/**
 * Milliseconds to wait after failed attempt number `attempt` (from 0): a random part of a delay that doubles
 * each time up to the maximum. Full jitter, so that many writers of one database do not come back in step.
 * See https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backOffDelay(attempt: number, limits: RetryLimits, random: () => number): number {
  const ceilingMs = Math.min(limits.maxDelayMs, limits.firstDelayMs * 2 ** attempt);
  return Math.round(random() * ceilingMs);
}

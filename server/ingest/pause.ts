/** The longest that a timer of Node takes; a longer one would fire at once. */
const MAX_TIMER_MS = 2_147_483_647;

/** Waits, but no longer than until the signal. Resolves either way; the timer does not outlive it. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.min(ms, MAX_TIMER_MS));
    signal.addEventListener('abort', end);
  });
}

type PatienceOptions = {
  /** As long is waited for an answer … */
  readonly usualMs: number;
  /** … or as long, where one did not come within the last `doubtForMs`. */
  readonly doubtedMs: number;
  readonly doubtForMs: number;
  readonly now: () => number;
};

/**
 * How long a page that is being drawn waits for its data. A database that says nothing would hold it for as long as the
 * database's own limits, once for each of its parts; a page without data asks for it again from the browser, and says
 * meanwhile that it does.
 */
export function createPatience({ usualMs, doubtedMs, doubtForMs, now }: PatienceOptions) {
  let doubtedUntilMs = -Infinity;

  return {
    /** What `ask` resolves with, or a rejection when that takes too long; its own answer is then of no interest. */
    within<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
      const limitMs = now() < doubtedUntilMs ? doubtedMs : usualMs;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          doubtedUntilMs = now() + doubtForMs;
          reject(new Error(`expected an answer within ${limitMs} ms, got none`));
        }, limitMs);
        const settle = async (): Promise<void> => {
          try {
            resolve(await ask());
            doubtedUntilMs = -Infinity;
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          } finally {
            clearTimeout(timer);
          }
        };
        void settle(); // it never rejects
      });
    },
  };
}

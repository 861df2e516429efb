/**
 * Runs `step`, which does a small piece of work and returns how much it found, now and every `everyMs`; while a
 * step comes back full (`stepSize`), the next follows after `pauseMs`, so that a backlog never holds anybody up.
 */
export function createSweep(options: {
  readonly step: () => Promise<number>;
  readonly stepSize: number;
  readonly everyMs: number;
  readonly pauseMs: number;
  readonly onError: (error: unknown) => void;
}) {
  let stopped = false;
  let wake: (() => void) | undefined;

  async function pause(ms: number): Promise<void> {
    if (stopped) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
  }

  async function sweep(): Promise<void> {
    while (!stopped && (await options.step()) >= options.stepSize) await pause(options.pauseMs);
  }

  async function run(): Promise<void> {
    while (!stopped) {
      await sweep().catch(options.onError);
      await pause(options.everyMs);
    }
  }

  const running = run();

  return {
    /** Resolves when a step under way has ended; idempotent. */
    stop: async (): Promise<void> => {
      stopped = true;
      wake?.();
      await running;
    },
  };
}

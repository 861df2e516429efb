export type Step = { readonly name: string; readonly run: () => Promise<unknown> };

/**
 * Runs the steps of an ordered end one after the other, once: a failing step is reported and the next one runs.
 * When all together take longer than `withinMs`, `onOverdue` is called with the step that hangs.
 */
export function createShutdown(options: {
  readonly withinMs: number;
  readonly onError: (step: string, error: unknown) => void;
  readonly onOverdue: (step: string) => void;
}) {
  const steps: Step[] = [];
  let running: Promise<void> | undefined;

  async function runAll(): Promise<void> {
    let current = '';
    const timer = setTimeout(() => options.onOverdue(current), options.withinMs);
    for (const step of steps.toReversed()) {
      current = step.name;
      try {
        await step.run();
      } catch (error) {
        options.onError(step.name, error);
      }
    }
    clearTimeout(timer);
  }

  return {
    /** What was started last is stopped first. */
    onStop(name: string, run: () => Promise<unknown>): void {
      steps.push({ name, run });
    },
    /** A second call joins the first. */
    run: (): Promise<void> => (running ??= runAll()),
    hasBegun: (): boolean => running !== undefined,
  };
}

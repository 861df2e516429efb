export type CoalescerOptions = {
  /** Runs this long after the last touch … */
  readonly trailingMs: number;
  /** … but never later than this after the first, so that a steady stream cannot put it off for ever. */
  readonly maxWaitMs: number;
  readonly run: () => void;
};

/** Turns a burst of touches into one run. `stop` forgets what is waiting. */
export function createCoalescer({ trailingMs, maxWaitMs, run }: CoalescerOptions) {
  let trailing: ReturnType<typeof setTimeout> | undefined;
  let latest: ReturnType<typeof setTimeout> | undefined;

  function stop(): void {
    clearTimeout(trailing);
    clearTimeout(latest);
    trailing = undefined;
    latest = undefined;
  }

  function fire(): void {
    stop();
    run();
  }

  return {
    touch(): void {
      clearTimeout(trailing);
      trailing = setTimeout(fire, trailingMs);
      latest ??= setTimeout(fire, maxWaitMs);
    },
    stop,
  };
}

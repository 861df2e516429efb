/**
 * Looks every `everyMs` whether a feed has fallen silent, and has it told when one has. A failed telling is tried
 * again at the next look.
 */
export function createSilenceWatch(options: {
  readonly hears: () => boolean;
  readonly tell: () => Promise<unknown>;
  readonly everyMs: number;
  readonly onError: (error: unknown) => void;
}) {
  let telling: Promise<unknown> | undefined;
  const timer = setInterval(() => {
    if (telling !== undefined || !options.hears()) return;
    telling = options
      .tell()
      .catch(options.onError)
      .finally(() => {
        telling = undefined;
      });
  }, options.everyMs);

  return {
    async stop(): Promise<void> {
      clearInterval(timer);
      await telling;
    },
  };
}

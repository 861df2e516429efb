type Load<Module> = () => Promise<Module>;

/** What tells that somebody is there. A page that only stands, on a wall or in another tab, loads nothing more. */
const SIGNS_OF_LIFE = ['pointermove', 'pointerdown', 'keydown'] as const;

type Page = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
type LatePartsOptions = {
  /** Undefined on the server. */
  readonly page: Page | undefined;
  /** Runs a task when the browser has nothing better to do. */
  readonly whenIdle: (task: () => void) => void;
  /** Every part that is known so far was asked for, and has come or could not be had. */
  readonly onSettled: () => void;
};

/**
 * The parts of the desk that the first paint does without, each in a file of its own. From the reader's first movement
 * on they are loaded one after the other while the browser idles, so that none has to be asked for when the server is
 * away; one that could not be had is asked for again when it is needed.
 */
export function createLateParts({ page, whenIdle, onSettled }: LatePartsOptions) {
  const waiting: Load<unknown>[] = [];
  let isAwake = false;
  let isLoading = false;

  function loadNext(): void {
    const next = waiting.shift();
    isLoading = next !== undefined;
    if (next === undefined) return onSettled();
    whenIdle(() => {
      next().then(loadNext, loadNext);
    });
  }

  function wake(): void {
    isAwake = true;
    for (const sign of SIGNS_OF_LIFE) page?.removeEventListener(sign, wake);
    if (!isLoading) loadNext();
  }
  for (const sign of SIGNS_OF_LIFE) page?.addEventListener(sign, wake);

  return {
    /** Has a part loaded in time, and hands its loader back. */
    add<Module>(load: Load<Module>): Load<Module> {
      waiting.push(load);
      if (isAwake && !isLoading) loadNext();
      return load;
    },
  };
}

const IDLE_TIMEOUT_MS = 2_000;
/** On the page's timeline: from here on it needs nothing more of the server to open its parts. */
const SETTLED_MARK = 'late parts settled';

export const lateParts = createLateParts({
  page: typeof window === 'undefined' ? undefined : window,
  whenIdle(task) {
    // Safari has no such callback.
    if (typeof requestIdleCallback === 'function') requestIdleCallback(task, { timeout: IDLE_TIMEOUT_MS });
    else setTimeout(task, IDLE_TIMEOUT_MS / 10);
  },
  onSettled: () => void performance.mark(SETTLED_MARK),
});

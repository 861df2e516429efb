/** What is stored is looked at again this often at most, in milliseconds, while there is no room for new names. */
const LOOK_AGAIN_MS = 1_000;

/**
 * Bounds how many bookmakers there are: a producer that makes up names must fill neither the database nor the lists of
 * the desk. Counted are the names that are stored and those let in since; when there is no room the stored ones are
 * read again, so that names of bodies that came to nothing take none. Several nodes count each for itself, so
 * together they may pass the bound by what they let in at once. A name that is not among the stored ones any more, since
 * nothing was heard of it for long, needs a place like a new one.
 */
export function createKnownBookmakers(options: {
  readonly stored: () => Promise<readonly string[]>;
  readonly max: number;
  /** Always let in: without it the desk finds nothing. */
  readonly own: () => string;
  readonly now: () => number;
  /** Hears of each line of a bookmaker that is let in. */
  readonly onHeard?: (name: string) => void;
}) {
  let names: ReadonlySet<string> = new Set();
  let letIn = new Set<string>();
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;

  const isKnown = (name: string): boolean => names.has(name) || letIn.has(name) || name === options.own();
  const isFull = (): boolean => names.size + letIn.size >= options.max;

  async function look(): Promise<void> {
    lookedAtMs = options.now();
    try {
      names = new Set(await options.stored());
      letIn = new Set();
    } catch {
      // The names of before hold; what the database lacks the body will meet in the queue.
    }
  }

  return {
    /** To be waited for before a body is read. */
    async ready(): Promise<void> {
      if (looking === undefined && (names.size === 0 || isFull()) && options.now() - lookedAtMs >= LOOK_AGAIN_MS) {
        looking = look().finally(() => (looking = undefined));
      }
      await looking;
    },

    isKnown,

    /** Whether prices of this bookmaker are taken; a new name takes a place if there is one. */
    admits(name: string): boolean {
      const isNew = !isKnown(name);
      if (isNew && isFull()) return false;
      if (isNew) letIn.add(name);
      options.onHeard?.(name);
      return true;
    },
  };
}

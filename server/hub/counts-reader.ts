import type { AlertCounts } from '../../contracts/alert.ts';
import type { Watermark } from '../../contracts/watermark.ts';

/** The counts, and the watermark as it stood before they were read: they hold everything up to it. */
export type Reading = { readonly watermark: Watermark; readonly counts: AlertCounts };

export type CountsReader = {
  /** A reading that began after this call. Rejects when the counts cannot be read in time. */
  read(): Promise<Reading>;
  /** Why the last reading failed; undefined once one has succeeded again. */
  problem(): string | undefined;
};

/**
 * Creates a reader with one read in flight at most. Who asks during a read shares the one after it: a read that
 * has begun may miss a commit the caller already knows of. Readings therefore also come in order, and a badge
 * never goes back to an older number.
 */
export function createCountsReader(options: {
  readonly watermark: () => Watermark;
  readonly counts: () => Promise<AlertCounts>;
  readonly timeoutMs: number;
}): CountsReader {
  let current: Promise<Reading> | undefined;
  let next: Promise<Reading> | undefined;
  let problem: string | undefined;

  async function readOnce(): Promise<Reading> {
    const { epoch, seq } = options.watermark();
    try {
      const counts = await withTimeout(options.counts(), options.timeoutMs);
      problem = undefined;
      return { watermark: { epoch, seq }, counts };
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      throw error;
    }
  }

  function start(): Promise<Reading> {
    next = undefined;
    const reading = readOnce().finally(() => (current = undefined));
    current = reading;
    return reading;
  }

  function read(): Promise<Reading> {
    if (current === undefined) return start();
    // Whether the read before it failed is the business of those who waited for that one.
    next ??= current.then(start, start);
    return next;
  }

  return { read, problem: () => problem };
}

async function withTimeout<Value>(promise: Promise<Value>, timeoutMs: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`expected the alert counts within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

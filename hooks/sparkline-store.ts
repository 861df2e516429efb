import type { Sparkline } from '../contracts/sparkline.ts';
import { createSubscribers } from './subscribers.ts';

/** Lines of rows that have left the screen, kept for who scrolls back. */
const MAX_KEPT = 200;

type Line = {
  sparkline: Sparkline | null;
  /** The alert's own last change that the line was asked for with. */
  seq: number;
  askedAtMs: number;
  readonly subscribers: ReturnType<typeof createSubscribers>;
};

export type SparklineStoreDeps = {
  /** Resolves with null where there is no line. */
  readonly ask: (id: number) => Promise<Sparkline | null>;
  readonly now: () => number;
  /** Prices move without an announcement; this often the lines of the rows on screen are read again. */
  readonly everyMs: number;
  /** Nobody sees the rows: their lines can wait for the next time. */
  readonly isHidden: () => boolean;
};

/**
 * The small lines of the rows on screen. A store of its own and no queries: rows come and go by the dozen with every
 * announcement, and a query of each, with its observer and timers, cost as much as drawing the row. One clock reads the
 * lines of all rows again; an announcement only that of an alert that it changed.
 */
export function createSparklineStore({ ask, now, everyMs, isHidden }: SparklineStoreDeps) {
  // Insertion order is the order of use: the first is the one unseen for longest.
  const lines = new Map<number, Line>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let seen = 0;

  async function read(id: number, line: Line): Promise<void> {
    line.askedAtMs = now();
    let sparkline: Sparkline | null;
    try {
      sparkline = await ask(id);
    } catch {
      return; // left out, or left as it was: the row says all that matters without it
    }
    line.sparkline = sparkline;
    line.subscribers.notify();
  }

  function lineOf(id: number): Line {
    const line = lines.get(id) ?? { sparkline: null, seq: 0, askedAtMs: -Infinity, subscribers: createSubscribers() };
    lines.delete(id);
    lines.set(id, line);
    return line;
  }

  function prune(): void {
    for (const [id, line] of lines) {
      if (lines.size <= seen + MAX_KEPT) return;
      if (line.subscribers.size() === 0) lines.delete(id);
    }
  }

  function readAll(): void {
    for (const [id, line] of lines) if (line.subscribers.size() > 0) void read(id, line); // it never rejects
  }

  function waitForNext(): void {
    timer = setTimeout(() => {
      if (!isHidden()) readAll();
      waitForNext();
    }, everyMs);
  }

  return {
    /** What is known now. */
    get: (id: number): Sparkline | null => lines.get(id)?.sparkline ?? null,

    /** Follows the line of an alert that was last changed at `seq`; reads it where it is older or not known. */
    follow(id: number, seq: number, listener: () => void): () => void {
      const line = lineOf(id);
      const unfollow = line.subscribers.add(listener);
      seen += 1;
      if (seq > line.seq || now() - line.askedAtMs >= everyMs) {
        line.seq = Math.max(seq, line.seq);
        void read(id, line); // it never rejects
      }
      if (timer === undefined) waitForNext();
      return () => {
        unfollow();
        seen -= 1;
        prune();
        if (seen > 0) return;
        clearTimeout(timer);
        timer = undefined;
      };
    },

    /** Another life of the database has other alerts under the same ids. */
    forget(): void {
      for (const [id, { subscribers }] of lines) {
        if (subscribers.size() === 0) lines.delete(id);
        else lines.set(id, { sparkline: null, seq: 0, askedAtMs: -Infinity, subscribers });
      }
      readAll();
    },
  };
}

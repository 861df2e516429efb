import { type CachedAnswer, serialised } from './answer-cache.ts';

const MAX_KEYS = 500;

/**
 * Reads of what moves with every poll of a feed, and so has no watermark to be kept by: whoever asks within
 * `shareMs` of the beginning of a read gets its answer, the same bytes for all. An answer is therefore never older
 * than `shareMs` before its question. A browser asks half a second after it heard of a commit (the coalescing of
 * `odds_update`): keep `shareMs` well below that, and it always sees what it was told of. A failed read is not kept.
 */
export function createSharedReads(options: { readonly now: () => number; readonly shareMs: number }) {
  const reads = new Map<string, { readonly begunMs: number; readonly answer: Promise<CachedAnswer> }>();

  function forgetOld(nowMs: number): void {
    for (const [key, { begunMs }] of reads) if (nowMs - begunMs > options.shareMs) reads.delete(key);
  }

  return {
    /** The answer of a read that began at most `shareMs` ago. Rejects with what `read` rejects with. */
    get(key: string, read: () => Promise<unknown>): Promise<CachedAnswer> {
      const nowMs = options.now();
      const running = reads.get(key);
      if (running !== undefined && nowMs - running.begunMs <= options.shareMs) return running.answer;
      if (reads.size >= MAX_KEYS) forgetOld(nowMs);
      const answer = read().then(serialised);
      if (reads.size < MAX_KEYS) reads.set(key, { begunMs: nowMs, answer });
      answer.catch(() => reads.delete(key)); // those who wait hear of it by the promise they hold
      return answer;
    },
  };
}

export type SharedReads = ReturnType<typeof createSharedReads>;

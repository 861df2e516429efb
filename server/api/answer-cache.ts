import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Watermark } from '../../contracts/watermark.ts';

/** About a thousand pages of 50 alerts. Their gzip forms come on top of it, a quarter at the very most. */
const MAX_CACHE_BYTES = 32 * 1024 * 1024;
/** What an entry costs beside its bytes: key, headers, map. */
const ENTRY_OVERHEAD_BYTES = 1_024;

/** One serialised answer: the same bytes for everybody who asks. */
export type CachedAnswer = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** A strong validator: a hash of the bytes, so it is the same on every node and after a restart. */
  readonly etag: string;
  /** The same bytes as gzip, made by the first who takes it; null where it would save next to nothing. */
  readonly gzipped: () => Uint8Array<ArrayBuffer> | null;
};

/** Below, the heading of an answer is half of it. */
const LEAST_GZIPPED_BYTES = 1_024;
/** JSON of alerts shrinks to a tenth at the fastest level already; what stands for a second is not worth more. */
const GZIP_LEVEL = 1;

/** An answer as it is sent. */
export function serialised(answer: unknown): CachedAnswer {
  const bytes = new TextEncoder().encode(JSON.stringify(answer));
  let gzipped: Uint8Array<ArrayBuffer> | undefined;
  return {
    bytes,
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`,
    gzipped: () =>
      bytes.byteLength < LEAST_GZIPPED_BYTES
        ? null
        : (gzipped ??= new Uint8Array(gzipSync(bytes, { level: GZIP_LEVEL }))),
  };
}

type Entry = CachedAnswer & { readonly watermark: Watermark; readonly validUntilMs: number };

export type AnswerCacheOptions = {
  readonly watermark: () => Watermark;
  readonly validUntilMs: () => number;
  readonly now: () => number;
  readonly maxBytes?: number;
};

/**
 * Serialises an answer once and hands the same bytes to everybody until something changes.
 *
 * An answer carries its own watermark, read before its data (or in the same snapshot): its data hold everything
 * up to there. It stands while the watermark that this process knows has not moved beyond that, in the same epoch,
 * and until the next kickoff, which changes statuses without a commit. A browser hears of seq N only after this
 * process knows N, so from then on no answer with a seq below N is given out. (With several nodes a browser may
 * ask a node that has not heard of N yet; it sees `seq` in the answer and asks again.) An answer may be newer than
 * what this process knows, when the commit came between; it then stands until the process knows more.
 *
 * Of each key one read runs at a time. Who comes while one runs takes its answer if that is new enough for the
 * moment of asking; otherwise it shares the next read, which begins later and therefore must be. A failed read is
 * not kept, and fails those who waited for it.
 */
export function createAnswerCache(options: AnswerCacheOptions) {
  const maxBytes = options.maxBytes ?? MAX_CACHE_BYTES;
  // Insertion order is the order of use: the first is the one unused for longest.
  const entries = new Map<string, Entry>();
  const reads = new Map<string, Promise<Entry>>();
  let bytes = 0;

  const costOf = (entry: Entry): number => entry.bytes.byteLength + ENTRY_OVERHEAD_BYTES;

  const isFresh = (entry: Entry, wanted: Watermark, atMs: number): boolean =>
    entry.watermark.epoch === wanted.epoch && entry.watermark.seq >= wanted.seq && atMs < entry.validUntilMs;

  function drop(key: string): void {
    const entry = entries.get(key);
    if (entry === undefined) return;
    entries.delete(key);
    bytes -= costOf(entry);
  }

  function keep(key: string, entry: Entry): void {
    drop(key);
    if (costOf(entry) > maxBytes) return;
    entries.set(key, entry);
    bytes += costOf(entry);
    for (const oldest of entries.keys()) {
      if (bytes <= maxBytes) return;
      drop(oldest);
    }
  }

  async function readEntry(key: string, read: () => Promise<Watermark>): Promise<Entry> {
    // Taken before the data: a kickoff that passes while reading ends the answer, whichever side it shows.
    const validUntilMs = options.validUntilMs();
    const answer = await read();
    const entry: Entry = { ...serialised(answer), watermark: { epoch: answer.epoch, seq: answer.seq }, validUntilMs };
    keep(key, entry);
    return entry;
  }

  function startRead(key: string, read: () => Promise<Watermark>): Promise<Entry> {
    // Gone from `reads` before anybody who waited goes on: whoever then starts anew starts a later read.
    const reading = readEntry(key, read).finally(() => reads.delete(key));
    reads.set(key, reading);
    return reading;
  }

  /** The answer that stands right now, without reading. */
  function peek(key: string): CachedAnswer | null {
    const entry = entries.get(key);
    if (entry === undefined || !isFresh(entry, options.watermark(), options.now())) return null;
    entries.delete(key);
    entries.set(key, entry);
    return entry;
  }

  return {
    peek,
    /** The answer under `key`, read when none stands. Rejects with what `read` rejects with. */
    async get(key: string, read: () => Promise<Watermark>): Promise<CachedAnswer> {
      const standing = peek(key);
      if (standing !== null) return standing;
      const wanted = options.watermark();
      const askedAtMs = options.now();
      const running = reads.get(key);
      if (running === undefined) return startRead(key, read);
      const answer = await running;
      if (isFresh(answer, wanted, askedAtMs)) return answer;
      // Whatever read is under way by now began after this request came.
      return reads.get(key) ?? startRead(key, read);
    },
    /** Bytes held, overhead included. */
    size: (): number => bytes,
  };
}

export type AnswerCache = ReturnType<typeof createAnswerCache>;

import type { QuarantineReason } from '../../contracts/feed.ts';
import { type IngestBody, readIngestBody } from './body.ts';
import { createBodyMemory } from './body-memory.ts';
import type { IngestBatch } from './ingest-batch.ts';
import { createKnownBookmakers } from './known-bookmakers.ts';
import type { Spool } from './spool.ts';
import { createTurns } from './turns.ts';

/** Reads bodies as `readIngestBody` does, all of them within the bounds that they share. */
export function createBodyReader(options: {
  readonly spool: Spool;
  /** The desk's time in epoch milliseconds. */
  readonly now: () => number;
  readonly maxBytes: number;
  readonly maxBookmakers: number;
  readonly storedBookmakers: () => Promise<readonly string[]>;
  readonly ownBookmaker: () => string;
  /** Hears of each line whose bookmaker is let in, whatever becomes of its body. */
  readonly onHeard: (bookmaker: string) => void;
  /** Hears of each line of a known bookmaker that is refused for impossible odds or a time ahead of the desk's. */
  readonly onRefused: (bookmaker: string, reason: QuarantineReason) => void;
}): (request: IngestBody) => Promise<IngestBatch> {
  const bookmakers = createKnownBookmakers({
    stored: options.storedBookmakers,
    max: options.maxBookmakers,
    own: options.ownBookmaker,
    now: Date.now,
    onHeard: options.onHeard,
  });
  const shared = {
    spool: options.spool,
    now: options.now,
    turn: createTurns(),
    memory: createBodyMemory({ maxBytes: options.maxBytes }),
    bookmakers,
    // A name of which nothing was ever taken is nobody's who could be wrong.
    onRefused(bookmaker: string, reason: QuarantineReason): void {
      if (bookmakers.isKnown(bookmaker)) options.onRefused(bookmaker, reason);
    },
  };
  return (request) => readIngestBody(request, shared);
}

import type { QuarantineReason } from '../../contracts/feed.ts';
import type { EventId } from '../../contracts/ids.ts';
import type { Finding } from '../detection/detection.ts';
import type { IngestBatch } from './ingest-batch.ts';
import type { StagedEvent } from './stage.ts';

/** How many prices of a bookmaker were not taken, and why. */
export type Quarantined = { readonly bookmaker: string; readonly reason: QuarantineReason; readonly count: number };

/** What one batch of a transaction brought, as it is counted. */
export type Tally = {
  readonly batch: IngestBatch;
  changed: number;
  /** Of alerts that are news, and of those that were found again, which are none unless nobody was told of them yet. */
  readonly alertKeys: Set<string>;
  readonly againKeys: Set<string>;
  readonly oddsEventIds: Set<EventId>;
  readonly bookmakers: Set<string>;
  readonly movedEventIds: Set<EventId>;
  readonly found: { readonly event: StagedEvent; readonly finding: Finding }[];
  readonly openBooks: Set<string>;
  readonly heard: Set<string>;
  readonly silences: string[];
  /** By bookmaker and reason. */
  readonly quarantined: Map<string, Quarantined>;
};

/** Of a batch of which nothing was looked at yet. */
export function newTally(batch: IngestBatch): Tally {
  return {
    batch,
    changed: 0,
    alertKeys: new Set(),
    againKeys: new Set(),
    oddsEventIds: new Set(),
    bookmakers: new Set(),
    movedEventIds: new Set(),
    found: [],
    openBooks: new Set(),
    heard: new Set(),
    silences: [],
    quarantined: new Map(),
  };
}

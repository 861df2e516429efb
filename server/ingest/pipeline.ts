import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../contracts/errors.ts';
import type { Settings } from '../../contracts/settings.ts';
import { collapseOutages } from '../detection/book-outage.ts';
import type { Detect } from '../detection/detection.ts';
import { type BatchResult, type CommittedResult, committedResult } from './batch-result.ts';
import type { EventCache, PriceHead } from './event-cache.ts';
import type { IngestBatch } from './ingest-batch.ts';
import { observe } from './observe.ts';
import { type MutesInForce, mutesInForce } from './mutes-in-force.ts';
import type { PriceStore, PriceTransaction, StoredAlert } from './price-store.ts';
import { resolveEvents } from './resolve-events.ts';
import { createSilentFeeds } from './silent-feeds.ts';
import { createStage, type Stage } from './stage.ts';
import { forgetStaleEvents } from './stale-events.ts';
import { type Tally, newTally } from './tally.ts';
import { withWritesBehind } from './write-behind.ts';

/**
 * How long observations are judged, in milliseconds, before a browser gets its turn. Measured by the clock: one
 * takes 10 µs at an ordinary match and milliseconds at one with thousands of lines.
 */
const TURN_MS = 2;
/** Changed rows that are gathered before a statement writes them: large enough to pay for it, small enough to build in a turn. */
const ROWS_PER_WRITE = 1_000;
/** Remembered changes that one transaction keeps in memory at most, some hundred bytes each. */
const NOTES_PER_WRITE = 10_000;
/** Alerts that one statement stores: each brings some kilobytes of explanation. */
const ALERTS_PER_WRITE = 200;

/** How a batch of a group stands before anything is written. */
type JudgedBatch =
  | { readonly kind: 'observed'; readonly tally: Tally }
  /** It came twice within the group: the second is answered like the first and does nothing. */
  | { readonly kind: 'twin'; readonly first: Tally }
  | { readonly kind: 'answered'; readonly result: BatchResult };

/**
 * Turns batches into committed prices and alerts. `commit` is one transaction for a whole group: detection runs
 * inside it on committed state plus what the group has staged, and the states become visible only after COMMIT.
 */
export function createPipeline(options: {
  readonly store: PriceStore;
  readonly cache: EventCache;
  readonly detect: Detect;
  /** Read once per group: a change of settings takes effect with the next one. */
  readonly settings: () => Settings;
  /** The desk's clock; without one only the times of the prices tell a silence. */
  readonly now?: () => number;
}) {
  const { store, cache, detect } = options;
  const silent = createSilentFeeds({ cache, now: options.now });

  async function stageSilences(
    transaction: PriceTransaction,
    stage: Stage,
    tally: Tally,
    nowMs: number,
    settings: Settings,
  ): Promise<void> {
    for (const { sourceKey, finding } of silent.find(nowMs, settings, await transaction.lastWords())) {
      const cached = cache.get(sourceKey);
      if (cached === undefined) continue;
      if (stage.event(sourceKey) === undefined) stage.addCached(sourceKey, cached);
      if (!stage.hasBookmaker(finding.bookmaker))
        stage.addBookmakers(await transaction.bookmakerIds([finding.bookmaker]));
      const event = stage.event(sourceKey);
      if (event !== undefined) tally.found.push({ event, finding });
      tally.silences.push(finding.alertKey);
    }
  }

  async function write(transaction: PriceTransaction, stage: Stage, { withNotes }: { readonly withNotes: boolean }) {
    const missing = stage.quotesWithoutId();
    const reserved = missing === 0 ? [] : await transaction.reserveQuoteIds(missing);
    const rows = stage.takeRows(reserved);
    await transaction.write(withNotes ? { ...rows, ...stage.takeNotes() } : rows);
  }

  /** Stores what was found, in statements of a bounded size; answers the alerts that changed, by their key. */
  async function storeAlerts(transaction: PriceTransaction, stage: Stage): Promise<ReadonlyMap<string, StoredAlert>> {
    const stored = new Map<string, StoredAlert>();
    for (
      let alerts = stage.takeAlerts(ALERTS_PER_WRITE);
      alerts.length > 0;
      alerts = stage.takeAlerts(ALERTS_PER_WRITE)
    ) {
      for (const alert of await transaction.storeAlerts(alerts)) stored.set(alert.alertKey, alert);
    }
    return stored;
  }

  async function observeBatch(
    transaction: PriceTransaction,
    stage: Stage,
    tally: Tally,
    { settings, mutes }: { readonly settings: Settings; readonly mutes: MutesInForce },
  ): Promise<void> {
    for await (const chunk of tally.batch.chunks()) {
      await resolveEvents(transaction, stage, chunk, { cache, settings });
      let turnBeganMs = performance.now();
      for (const observation of chunk) {
        observe(stage, tally, observation, { detect, settings, mutes });
        if (performance.now() - turnBeganMs < TURN_MS) continue;
        await nextTurn();
        turnBeganMs = performance.now();
      }
      // Of who was heard of and what is remembered the last word counts: it is written at the end, if memory allows.
      if (stage.pendingRows() >= ROWS_PER_WRITE)
        await write(transaction, stage, { withNotes: stage.pendingMemory() >= NOTES_PER_WRITE });
    }
  }

  /** Judges every batch of a group that was not answered before; what is found waits in the stage. */
  async function judge(
    transaction: PriceTransaction,
    group: readonly IngestBatch[],
    stage: Stage,
  ): Promise<readonly JudgedBatch[]> {
    const settings = options.settings();
    const mutes = mutesInForce(await transaction.mutedPlaces());
    const judged: JudgedBatch[] = [];
    const tallyByKey = new Map<string, Tally>();
    for (const batch of group) {
      const earlier = await earlierAnswer(transaction, batch, tallyByKey);
      if (earlier !== null) {
        judged.push(earlier);
        continue;
      }
      const tally = newTally(batch);
      if (batch.idempotencyKey !== null) tallyByKey.set(batch.idempotencyKey, tally);
      await observeBatch(transaction, stage, tally, { settings, mutes });
      for (const bookmaker of tally.heard) silent.heard(bookmaker);
      if (batch.silenceAtMs !== undefined) await stageSilences(transaction, stage, tally, batch.silenceAtMs, settings);
      for (const { event, finding } of collapseOutages(tally.found, { openBooks: tally.openBooks, settings })) {
        (stage.find(event, finding) ? tally.alertKeys : tally.againKeys).add(finding.alertKey);
      }
      judged.push({ kind: 'observed', tally });
    }
    return judged;
  }

  async function commitInTransaction(
    transaction: PriceTransaction,
    group: readonly IngestBatch[],
    stage: Stage,
  ): Promise<readonly BatchResult[]> {
    await forgetStaleEvents(cache, transaction);
    const judged = await judge(transaction, group, stage);
    stage.rememberPolls();
    await write(transaction, stage, { withNotes: true });

    const alerts = await storeAlerts(transaction, stage);
    // After the alerts, so that those found before their match was rescheduled move along as well.
    const redescribed = stage.takeRedescribed();
    const { movedAlerts } =
      redescribed.length === 0 ? { movedAlerts: 0 } : await transaction.redescribeEvents(redescribed);
    const written = { head: transaction.head, seq: transaction.seq(), alerts, movedAlerts };

    const results = new Map<Tally, CommittedResult>();
    for (const each of judged) {
      if (each.kind !== 'observed') continue;
      const { batch } = each.tally;
      const result = committedResult(each.tally, written);
      results.set(each.tally, result);
      if (batch.idempotencyKey !== null)
        await transaction.storeAnswer(batch.idempotencyKey, batch.bodyHash, result.answer);
    }
    const resultOf = (tally: Tally): CommittedResult => {
      const result = results.get(tally);
      if (result === undefined) throw new Error('a batch was left without its result');
      return result;
    };
    return judged.map((each): BatchResult => {
      switch (each.kind) {
        case 'observed':
          return resultOf(each.tally);
        case 'twin':
          return { kind: 'repeated', answer: resultOf(each.first).answer };
        case 'answered':
          return each.result;
      }
    });
  }

  /** The answer that the batch was given before, in the database or earlier in this very group. */
  async function earlierAnswer(
    transaction: PriceTransaction,
    batch: IngestBatch,
    tallyByKey: ReadonlyMap<string, Tally>,
  ): Promise<JudgedBatch | null> {
    const key = batch.idempotencyKey;
    if (key === null) return null;
    const first = tallyByKey.get(key);
    if (first !== undefined) return first.batch.bodyHash === batch.bodyHash ? { kind: 'twin', first } : refusedKey(key);
    const stored = await transaction.answerOf(key);
    if (stored === null) return null;
    if (stored.bodyHash !== batch.bodyHash) return refusedKey(key);
    return { kind: 'answered', result: { kind: 'repeated', answer: stored.answer } };
  }

  return {
    hearsSilence: (nowMs: number): boolean => silent.isOneSilent(nowMs, options.settings()),
    /** Prices of a bookmaker came in, to be committed or not. */
    heard: silent.heard,

    /**
     * Stores a group in one transaction and tells what became of each batch, in their order.
     * Rejects when the transaction failed: then nothing of the group is stored or remembered.
     */
    async commit(group: readonly IngestBatch[]): Promise<readonly BatchResult[]> {
      const stage = createStage();
      let made: PriceHead | undefined;
      const results = await store.transaction(async (transaction) => {
        const { epoch, oddsVersion } = transaction.head;
        made = { epoch, oddsVersion: oddsVersion + 1 };
        return withWritesBehind(transaction, (writing) => commitInTransaction(writing, group, stage));
      });
      if (made !== undefined) cache.adopt(stage.committed(), made);
      for (const result of results) if (result.kind === 'committed') silent.told(result.silences);
      return results;
    },
  };
}

/** The same key with another body would be answered for what it is not. */
const refusedKey = (key: string): JudgedBatch => ({
  kind: 'answered',
  result: {
    kind: 'refused',
    error: new AppError(
      'idempotency_key_reused',
      `expected a new Idempotency-Key for a new body, got "${key}", which came with another body before`,
    ),
  },
});

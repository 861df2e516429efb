import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../contracts/errors.ts';
import type { QuarantineReason } from '../../contracts/feed.ts';
import type { EventId } from '../../contracts/ids.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { IngestAnswer } from '../../contracts/snapshot.ts';
import { collapseOutages } from '../detection/book-outage.ts';
import type { Detect, Finding } from '../detection/detection.ts';
import type { Observation, ObservedEvent } from '../detection/observation.ts';
import { absentSinceMs } from '../detection/pace.ts';
import type { EventCache, PriceHead } from './event-cache.ts';
import type { IngestBatch } from './ingest-batch.ts';
import type { PriceStore, PriceTransaction, StoredAlert } from './price-store.ts';
import { createSilentFeeds } from './silent-feeds.ts';
import { createStage, type Stage, type StagedEvent } from './stage.ts';
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
const MINUTE_MS = 60_000;

/** What became of one batch of a committed group. */
export type BatchResult =
  | {
      readonly kind: 'committed';
      readonly answer: IngestAnswer;
      /** The seq before this group: what lies between is of this group alone. */
      readonly fromSeq: number;
      /** The version of the prices that this group made. */
      readonly oddsVersion: number;
      readonly alerts: readonly StoredAlert[];
      /** Alerts whose event got another kickoff. */
      readonly movedEventIds: readonly EventId[];
      readonly oddsEventIds: ReadonlySet<EventId>;
      readonly bookmakers: ReadonlySet<string>;
      readonly quarantined: readonly Quarantined[];
      /** Keys of the silences that were told. */
      readonly silences: readonly string[];
    }
  | { readonly kind: 'repeated'; readonly answer: IngestAnswer }
  | { readonly kind: 'refused'; readonly error: AppError };

/** How many prices of a bookmaker were not taken, and why. */
export type Quarantined = { readonly bookmaker: string; readonly reason: QuarantineReason; readonly count: number };

type Tally = {
  readonly batch: IngestBatch;
  changed: number;
  readonly alertKeys: Set<string>;
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

/** A batch that came twice within one group: the second is answered like the first and does nothing. */
type Twin = { readonly twin: Tally };

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

  async function resolveEvents(
    transaction: PriceTransaction,
    stage: Stage,
    chunk: readonly Observation[],
  ): Promise<void> {
    const missing = new Map<string, ObservedEvent>();
    const names = new Set<string>();
    for (const { event, bookmaker } of chunk) {
      if (!stage.hasBookmaker(bookmaker)) names.add(bookmaker);
      if (stage.event(event.sourceKey) !== undefined || missing.has(event.sourceKey)) continue;
      const cached = cache.get(event.sourceKey);
      if (cached === undefined) {
        missing.set(event.sourceKey, event);
        continue;
      }
      stage.addCached(event.sourceKey, cached);
      // What one book does can be found at another that this chunk does not name.
      for (const name of cached.state.books.keys()) if (!stage.hasBookmaker(name)) names.add(name);
    }
    if (names.size > 0) stage.addBookmakers(await transaction.bookmakerIds([...names]));
    if (missing.size === 0) return;
    const lookBackMs = longestLookBackMs(options.settings());
    for (const stored of await transaction.loadEvents([...missing.keys()], { lookBackMs })) {
      // So it can at an event that was loaded.
      const unknown = stored.lastSeen.map((book) => book.bookmaker).filter((name) => !stage.hasBookmaker(name));
      if (unknown.length > 0) stage.addBookmakers(await transaction.bookmakerIds(unknown));
      stage.addStored(stored, lookBackMs);
      missing.delete(stored.described.sourceKey);
    }
    if (missing.size === 0) return;
    const created = await transaction.createEvents([...missing.values()]);
    for (const [sourceKey, id] of created) {
      const described = missing.get(sourceKey);
      if (described !== undefined) stage.addNew(id, described);
    }
  }

  function observe(stage: Stage, tally: Tally, observation: Observation, settings: Settings): void {
    const event = stage.event(observation.event.sourceKey);
    if (event === undefined)
      throw new Error(`event ${observation.event.sourceKey} was not resolved before it was used`);
    const { bookmaker, observedAtMs } = observation;
    const sinceMs = absentSinceMs(event.state, bookmaker, observedAtMs);
    const detection = detect(event.state, observation, settings, { eventId: event.id });
    const isLate = detection.state === event.state;
    event.state = detection.state;
    stage.seen(event, bookmaker, observedAtMs);
    if (sinceMs !== null) stage.wasAbsent(event, bookmaker, { fromMs: sinceMs, toMs: observedAtMs });
    tally.heard.add(observation.bookmaker);
    const described = isLate ? event.described : newDescription(event, observation.event);
    if (described !== event.described) {
      if (described.kickoffMs !== event.described.kickoffMs) tally.movedEventIds.add(event.id);
      stage.redescribe(event, described);
    }
    for (const quote of detection.quoteChanges) stage.changeQuote(event, quote);
    for (const { key, memory } of detection.memoryChanges) stage.changeMemory(event, key, memory);
    for (const finding of detection.findings) tally.found.push({ event, finding });
    if (!observation.suspended && observation.outcomes.length > 0) tally.openBooks.add(observation.bookmaker);
    if (detection.quarantined !== undefined) {
      const { bookmaker } = observation;
      const reason = detection.quarantined;
      const key = `${reason} ${bookmaker}`;
      tally.quarantined.set(key, { bookmaker, reason, count: (tally.quarantined.get(key)?.count ?? 0) + 1 });
    }
    if (detection.quoteChanges.length > 0) {
      tally.changed += 1;
      tally.oddsEventIds.add(event.id);
      tally.bookmakers.add(observation.bookmaker);
    }
  }

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
    settings: Settings,
  ): Promise<void> {
    for await (const chunk of tally.batch.chunks()) {
      await resolveEvents(transaction, stage, chunk);
      let turnBeganMs = performance.now();
      for (const observation of chunk) {
        observe(stage, tally, observation, settings);
        if (performance.now() - turnBeganMs < TURN_MS) continue;
        await nextTurn();
        turnBeganMs = performance.now();
      }
      // Of who was heard of and what is remembered the last word counts: it is written at the end, if memory allows.
      if (stage.pendingRows() >= ROWS_PER_WRITE)
        await write(transaction, stage, { withNotes: stage.pendingMemory() >= NOTES_PER_WRITE });
    }
  }

  async function commitInTransaction(transaction: PriceTransaction, group: readonly IngestBatch[], stage: Stage) {
    const { head } = transaction;
    const known = cache.head();
    if (known === null || known.epoch !== head.epoch || known.oddsVersion > head.oddsVersion) cache.clear();
    else if (known.oddsVersion < head.oddsVersion) {
      // A deleted event is no changed one: it leaves no row that says so.
      if (known.oddsVersion < head.eventsDeletedVersion) cache.keepOnly(await transaction.eventsAmong(cache.ids()));
      cache.forget(await transaction.eventsChangedSince(known.oddsVersion));
    }

    const settings = options.settings();
    const outcomes: (Tally | Twin | BatchResult)[] = [];
    const tallyByKey = new Map<string, Tally>();
    for (const batch of group) {
      const earlier = await earlierAnswer(transaction, batch, tallyByKey);
      if (earlier !== null) {
        outcomes.push(earlier);
        continue;
      }
      const tally = newTally(batch);
      if (batch.idempotencyKey !== null) tallyByKey.set(batch.idempotencyKey, tally);
      await observeBatch(transaction, stage, tally, settings);
      for (const bookmaker of tally.heard) silent.heard(bookmaker);
      if (batch.silenceAtMs !== undefined) await stageSilences(transaction, stage, tally, batch.silenceAtMs, settings);
      for (const { event, finding } of collapseOutages(tally.found, { openBooks: tally.openBooks, settings })) {
        if (stage.find(event, finding)) tally.alertKeys.add(finding.alertKey);
      }
      outcomes.push(tally);
    }
    stage.rememberPolls();
    await write(transaction, stage, { withNotes: true });

    const storedByKey = await storeAlerts(transaction, stage);
    // After the alerts, so that those found before their match was rescheduled move along as well.
    const redescribed = stage.takeRedescribed();
    const { movedAlerts } =
      redescribed.length === 0 ? { movedAlerts: 0 } : await transaction.redescribeEvents(redescribed);
    const mark = { epoch: head.epoch, seq: transaction.seq() };

    const results = new Map<Tally, Extract<BatchResult, { kind: 'committed' }>>();
    for (const tally of outcomes) {
      if (!('changed' in tally)) continue;
      const alerts = [...tally.alertKeys].map((key) => storedByKey.get(key)).filter((alert) => alert !== undefined);
      const { batch } = tally;
      const answer: IngestAnswer = {
        accepted: batch.accepted,
        changed: tally.changed,
        alerts: alerts.length,
        rejected: [...batch.rejected],
        rejectedCount: batch.rejectedCount,
        ...mark,
      };
      if (batch.idempotencyKey !== null) await transaction.storeAnswer(batch.idempotencyKey, batch.bodyHash, answer);
      results.set(tally, {
        kind: 'committed',
        answer,
        fromSeq: head.seq,
        oddsVersion: head.oddsVersion + 1,
        alerts,
        movedEventIds: movedAlerts > 0 ? [...tally.movedEventIds] : [],
        oddsEventIds: tally.oddsEventIds,
        bookmakers: tally.bookmakers,
        quarantined: [...tally.quarantined.values()],
        silences: tally.silences,
      });
    }
    return outcomes.map((outcome): BatchResult => {
      if ('kind' in outcome) return outcome;
      const result = results.get('twin' in outcome ? outcome.twin : outcome);
      if (result === undefined) throw new Error('a batch was left without its result');
      return 'twin' in outcome ? { kind: 'repeated', answer: result.answer } : result;
    });
  }

  /** The answer that the batch was given before, in the database or earlier in this very group. */
  async function earlierAnswer(
    transaction: PriceTransaction,
    batch: IngestBatch,
    tallyByKey: ReadonlyMap<string, Tally>,
  ): Promise<Twin | BatchResult | null> {
    const key = batch.idempotencyKey;
    if (key === null) return null;
    const sibling = tallyByKey.get(key);
    if (sibling !== undefined) return sibling.batch.bodyHash === batch.bodyHash ? { twin: sibling } : keyReused(key);
    const stored = await transaction.answerOf(key);
    if (stored === null) return null;
    return stored.bodyHash === batch.bodyHash ? { kind: 'repeated', answer: stored.answer } : keyReused(key);
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

/** The longest look-back that any sport or league goes by, in ms. */
function longestLookBackMs(settings: Settings): number {
  const minutes = settings.overrides.map(({ rules }) => rules.lookBackMinutes ?? 0);
  return Math.max(settings.lookBackMinutes, ...minutes) * MINUTE_MS;
}

function newTally(batch: IngestBatch): Tally {
  return {
    batch,
    changed: 0,
    alertKeys: new Set(),
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

function keyReused(key: string): BatchResult {
  return {
    kind: 'refused',
    error: new AppError(
      'idempotency_key_reused',
      `expected a new Idempotency-Key for a new body, got "${key}", which came with another body before`,
    ),
  };
}

/**
 * The event with the kickoff that detection goes by, and with the names that came with that kickoff: a book that is
 * wrong about when is not believed about who. The same object when nothing of it is new.
 */
function newDescription({ described, state }: StagedEvent, said: ObservedEvent): ObservedEvent {
  const { kickoffMs } = state;
  const isSame =
    described.home === said.home &&
    described.away === said.away &&
    described.league === said.league &&
    described.country === said.country &&
    described.sport === said.sport;
  if (!isSame && said.kickoffMs === kickoffMs) return said;
  return described.kickoffMs === kickoffMs ? described : { ...described, kickoffMs };
}

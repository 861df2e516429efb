import { afterAll, expect, test } from 'vitest';
import { createPriceStore } from '../db/price-store.ts';
import type { Observation } from '../detection/observation.ts';
import { batchOf, type IngestBatch } from './ingest-batch.ts';
import { FALL, OPENING, T0, alertsOf, committed, observation, openPipelines } from './pipeline.fixture.ts';
import type { PriceStore } from './price-store.ts';

const keyed = (observations: readonly Observation[], idempotencyKey: string, bodyHash = 'hash'): IngestBatch => ({
  ...batchOf(observations),
  idempotencyKey,
  bodyHash,
});

const { setup, pipelineOn, close } = openPipelines();
afterAll(close);

test('[ING52] a failed transaction leaves nothing behind, and the alert is found when the batch comes again', async () => {
  const { database, store, pipeline } = await setup();
  await pipeline.commit([batchOf(OPENING)]);
  let failing = true;
  const failingOnce: PriceStore = {
    transaction: (work) =>
      store.transaction(async (transaction) => {
        const result = await work(transaction);
        if (failing) throw new Error('power cut before COMMIT');
        return result;
      }),
  };
  const fragile = pipelineOn(failingOnce);

  await expect(fragile.commit([batchOf(FALL)])).rejects.toThrow('power cut');
  expect(await alertsOf(database)).toEqual([]);
  expect(await database.reader.oddsHistory.count()).toBe(2);

  failing = false;
  const [result] = await fragile.commit([batchOf(FALL)]);
  expect(committed(result).answer.alerts).toBe(1);
  expect(await alertsOf(database)).toHaveLength(1);
});

test('[ING59] what the database refuses is rejected_by_database, not a failure of Linewatch, and nothing is stored', async () => {
  const { database, pipeline } = await setup();
  const unstorable = pipeline.commit([batchOf([observation({ event: 'a\0b', minute: 0, home: 2_000 })])]);
  await expect(unstorable).rejects.toMatchObject({ code: 'rejected_by_database' });
  expect(await database.reader.event.count()).toBe(0);
});

test('[ING213] a row that the database refuses, written while the group goes on, fails the whole group and leaves nothing', async () => {
  const { database, pipeline } = await setup();
  await pipeline.commit([batchOf(OPENING)]);
  const many = Array.from({ length: 1_200 }, (_, match) => observation({ event: `m${match}`, minute: 0, home: 2_000 }));
  const [first] = many;
  if (first === undefined) throw new Error('expected a row');
  const poison = { ...first, outcomes: first.outcomes.map((outcome) => ({ ...outcome, name: `${outcome.name}\0` })) };
  const group = [batchOf([poison, ...many.slice(1)]), batchOf(FALL)];
  await expect(pipeline.commit(group)).rejects.toMatchObject({ code: 'rejected_by_database' });
  expect(await database.reader.event.count()).toBe(1);
  expect(await alertsOf(database)).toEqual([]);

  const results = await pipeline.commit([batchOf(many), batchOf(FALL)]);
  expect(results.map((result) => committed(result).answer.changed)).toEqual([1_200, 1]);
  expect(await database.reader.oddsHistory.count()).toBe(1_203);
  expect(await database.reader.bookPresence.count()).toBe(1_202);
});

test('[ING66] a batch without a key whose COMMIT took but lost its answer has no second effect when it is repeated', async () => {
  const { database, store } = await setup();
  let losing = false;
  const forgetful: PriceStore = {
    async transaction(work) {
      const result = await store.transaction(work);
      if (losing) throw new Error('Connection terminated unexpectedly');
      return result;
    },
  };
  const pipeline = pipelineOn(forgetful);
  await pipeline.commit([batchOf(OPENING)]);
  // Down and up and down again: in the repetition all but the last is older than what is stored.
  const moves = [5, 6, 7].flatMap((minute) => [
    observation({ minute, home: minute % 2 === 0 ? 2_000 : 1_700 }),
    observation({ bookmaker: 'rival', minute, home: 2_010 + minute }),
  ]);
  losing = true;
  await expect(pipeline.commit([batchOf(moves)])).rejects.toThrow('terminated');
  losing = false;
  const read = () =>
    Promise.all([
      alertsOf(database),
      database.reader.oddsHistory.findMany({ orderBy: { id: 'asc' } }),
      database.reader.oddsCurrent.findMany({ orderBy: { id: 'asc' } }),
      database.reader.detectionState.findMany({ orderBy: { key: 'asc' }, omit: { updatedAt: true } }),
      database.reader.watermark.findFirstOrThrow({ omit: { oddsVersion: true } }),
    ]);
  const before = await read();
  expect(before[0].length).toBeGreaterThan(0);
  const [repeated] = await pipeline.commit([batchOf(moves)]);

  expect(await read()).toEqual(before);
  expect(committed(repeated).answer).toMatchObject({
    accepted: 6,
    changed: 0,
    alerts: 0,
    seq: Number(before[4].seq),
  });
});

test('[ING53] a key seen before is answered as before and adds nothing, in the same group or later', async () => {
  const { database, pipeline } = await setup();
  await pipeline.commit([batchOf(OPENING)]);
  const [first, twin] = await pipeline.commit([keyed(FALL, 'k1'), keyed(FALL, 'k1')]);
  const [later] = await pipelineOn(createPriceStore(database.writer, () => T0)).commit([keyed(FALL, 'k1')]);

  const { answer } = committed(first);
  expect(twin).toEqual({ kind: 'repeated', answer });
  expect(later).toEqual({ kind: 'repeated', answer });
  expect(JSON.stringify(later?.kind === 'repeated' && later.answer)).toBe(JSON.stringify(answer));
  expect(await alertsOf(database)).toHaveLength(1);
  expect(await database.reader.oddsHistory.count()).toBe(3);
});

test('[ING54] a key that comes back with another body is refused by itself, its group is not', async () => {
  const { pipeline } = await setup();
  await pipeline.commit([keyed(OPENING, 'k1', 'one')]);
  const [reused, other] = await pipeline.commit([keyed(FALL, 'k1', 'two'), batchOf(FALL)]);

  expect(reused).toMatchObject({ kind: 'refused', error: { code: 'idempotency_key_reused' } });
  expect(committed(other).answer.alerts).toBe(1);
});

test('[ING55] a restart between two polls changes nothing of what is found', async () => {
  const { database, store, pipeline } = await setup();
  await pipeline.commit([batchOf(OPENING)]);
  const [result] = await pipelineOn(store).commit([batchOf(FALL)]);
  expect(committed(result).answer.alerts).toBe(1);
  expect(await alertsOf(database)).toHaveLength(1);
});

test('[ING61] after a restore under another epoch nothing remembered of the old life is used, however far the new one has come', async () => {
  const { database, pipeline } = await setup();
  await pipeline.commit([batchOf(OPENING)]);
  await database.writer.$executeRaw`TRUNCATE event CASCADE`;
  await database.writer.$executeRaw`UPDATE watermark SET epoch = 'restored', odds_version = odds_version + 5`;
  const [result] = await pipeline.commit([batchOf(OPENING)]);
  expect(committed(result).answer).toMatchObject({ accepted: 2, changed: 2, epoch: 'restored' });
  expect(await database.reader.event.count()).toBe(1);
});

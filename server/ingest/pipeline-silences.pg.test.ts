import { afterAll, expect, test } from 'vitest';
import { detect } from '../detection/detect.ts';
import { createEventCache } from './event-cache.ts';
import { batchOf, silenceBatch } from './ingest-batch.ts';
import { MINUTE, SETTINGS, T0, alertsOf, committed, observation, openPipelines } from './pipeline.fixture.ts';
import { createPipeline } from './pipeline.ts';

const { setup, pipelineOn, close } = openPipelines();
afterAll(close);

test('[ING82] a feed that says nothing for several of its intervals is one alert at the next match, told once', async () => {
  const { database, pipeline } = await setup();
  for (const minute of [0, 1, 2, 3]) {
    const books = minute < 2 ? ['own', 'rival', 'other'] : ['own', 'other'];
    await pipeline.commit([batchOf(books.map((bookmaker) => observation({ bookmaker, minute, home: 2_000 })))]);
  }
  expect(pipeline.hearsSilence(T0 + 5 * MINUTE)).toBe(false);
  const at = T0 + 7 * MINUTE;
  expect(pipeline.hearsSilence(at)).toBe(true);
  const [told] = await pipeline.commit([silenceBatch(at)]);
  expect(committed(told).answer.alerts).toBe(1);
  expect(pipeline.hearsSilence(at + MINUTE)).toBe(false);
  const alerts = await alertsOf(database);
  expect(alerts.map((alert) => [alert.type, alert.severity])).toEqual([['feed_silent', 1]]);

  const [repeated] = await pipeline.commit([silenceBatch(at)]);
  expect(committed(repeated).answer.alerts).toBe(0);
});

/** Polls of two minutes by which their pace is known, at a match of its own. */
async function poll(pipeline: ReturnType<typeof pipelineOn>, event: string, minutes: readonly number[]) {
  for (const minute of minutes) {
    const books = ['own', 'rival', 'other'];
    await pipeline.commit([batchOf(books.map((bookmaker) => observation({ event, bookmaker, minute, home: 2_000 })))]);
  }
}

test('[NOD203] a node that hears little takes no feed for silent that another node hears, and tells a silence under the key of that one', async () => {
  const { database, store, pipeline } = await setup();
  const idle = pipelineOn(store);
  await poll(idle, 'one', [0, 1, 2, 3]);
  await poll(pipeline, 'two', [4, 5, 6, 7, 8, 9, 10, 11, 12]);
  const at = T0 + 12 * MINUTE;
  expect(idle.hearsSilence(at)).toBe(true);
  expect(committed((await idle.commit([silenceBatch(at)]))[0]).answer.alerts).toBe(0);
  expect(idle.hearsSilence(at)).toBe(false);

  const later = T0 + 20 * MINUTE;
  expect(committed((await pipeline.commit([silenceBatch(later)]))[0]).answer.alerts).toBe(1);
  expect(committed((await idle.commit([silenceBatch(later)]))[0]).answer.alerts).toBe(0);
  expect(await alertsOf(database)).toHaveLength(1);
});

test('[ING202] a silence whose transaction failed is still to be told', async () => {
  const { store } = await setup();
  let isAway = false;
  const pipeline = pipelineOn({
    transaction: (work) =>
      store.transaction(async (transaction) => {
        const result = await work(transaction);
        if (isAway) throw new Error('away');
        return result;
      }),
  });
  await poll(pipeline, 'match', [0, 1, 2, 3]);
  const at = T0 + 10 * MINUTE;
  isAway = true;
  await expect(pipeline.commit([silenceBatch(at)])).rejects.toThrow('away');
  expect(pipeline.hearsSilence(at)).toBe(true);
  isAway = false;
  expect(committed((await pipeline.commit([silenceBatch(at)]))[0]).answer.alerts).toBe(1);
  expect(pipeline.hearsSilence(at)).toBe(false);
});

test('[ING203] while nothing can be stored a feed that sends is not silent', async () => {
  const { store } = await setup();
  let nowMs = T0;
  const pipeline = createPipeline({
    store,
    cache: createEventCache({ maxEvents: 100 }),
    detect,
    settings: () => SETTINGS,
    now: () => nowMs,
  });
  await poll(pipeline, 'match', [0, 1, 2, 3]);
  nowMs = T0 + 10 * MINUTE;
  expect(pipeline.hearsSilence(nowMs)).toBe(true);
  for (const bookmaker of ['own', 'rival', 'other']) pipeline.heard(bookmaker);
  expect(pipeline.hearsSilence(nowMs)).toBe(false);
});

import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Database } from '../db/database.ts';
import type { Observation } from '../detection/observation.ts';
import { batchOf } from './ingest-batch.ts';
import { FALL, KICKOFF, MINUTE, OPENING, T0, alertsOf, observation, openPipelines } from './pipeline.fixture.ts';

const BOOKS = ['own', 'rival', 'other', 'third'];

/** All that writers leave behind, as far as it may not depend on who wrote. */
async function leftBy(database: Database) {
  const alerts = await database.reader.alert.findMany({ orderBy: { alertKey: 'asc' }, omit: { id: true } });
  const states = await database.reader.detectionState.findMany({
    orderBy: [{ eventId: 'asc' }, { key: 'asc' }],
    omit: { updatedAt: true },
  });
  const quotes = await database.reader.oddsCurrent.findMany({
    orderBy: [{ eventId: 'asc' }, { bookmakerId: 'asc' }],
    omit: { id: true },
  });
  const events = await database.reader.event.findMany({ orderBy: { id: 'asc' }, omit: { oddsVersion: true } });
  const history = await database.reader.$queryRaw`
    SELECT quote.event_id, quote.bookmaker_id, history.observed_at, history.state, history.outcomes
    FROM odds_history AS history JOIN odds_current AS quote ON quote.id = history.quote_id
    ORDER BY quote.event_id, quote.bookmaker_id, history.observed_at, history.id`;
  return { alerts, states, quotes, events, history };
}

describe('two writers on one database', () => {
  const { setup, pipelineOn, close } = openPipelines();
  afterAll(close);

  /** An empty database again, whose ids begin anew. */
  const emptied = (database: Database) =>
    database.writer.$transaction([
      database.writer.$executeRaw`
      TRUNCATE alert, event, league, bookmaker, odds_current, odds_history, detection_state, book_presence RESTART IDENTITY CASCADE`,
      database.writer
        .$executeRaw`UPDATE watermark SET seq = 0, odds_version = 0, alert_total = 0, epoch = gen_random_uuid()::text`,
    ]);

  test('[ING56] two writers on one database, their batches interleaved, store what one writer stores', async () => {
    const prices = [2_000, 1_850, 1_860, 1_700, 1_910, 1_760, 1_600, 1_610, 2_000, 1_850, 2_000, 1_700, 1_500];
    const batches = prices.map((home, minute) => [
      observation({ minute: minute * 5, home }),
      ...BOOKS.slice(1).map((bookmaker) => observation({ bookmaker, minute: minute * 5, home: 4_000 - home })),
    ]);
    const { database, store } = await setup();
    const run = async (writers: number) => {
      await emptied(database);
      const pipelines = Array.from({ length: writers }, () => pipelineOn(store));
      for (const [index, batch] of batches.entries()) await pipelines[index % writers]?.commit([batchOf(batch)]);
      return leftBy(database);
    };
    const alone = await run(1);
    expect(alone.alerts.length).toBeGreaterThan(3);
    expect(alone.alerts.some(({ occurrences }) => occurrences > 1)).toBe(true);
    expect(await run(2)).toEqual(alone);
  });

  const move = fc.record({
    match: fc.integer({ min: 0, max: 3 }),
    book: fc.constantFrom(...BOOKS),
    home: fc.constantFrom(1_500, 1_700, 1_850, 2_000, 2_000, 2_150, 2_400),
    kickoff: fc.constantFrom(0, 0, 0, 0, 0, 90),
    minutes: fc.constantFrom(0, 1, 5, 70),
  });
  type Move = typeof move extends fc.Arbitrary<infer Value> ? Value : never;

  /** The moves as a feed tells them, one after the other, from an opening of all matches at all books on. */
  function feedOf(batches: readonly (readonly Move[])[]): (readonly Observation[])[] {
    let minute = 0;
    const opening = Array.from({ length: 4 }, (_, match) =>
      BOOKS.map((bookmaker) => observation({ event: `m${match}`, bookmaker, minute, home: 2_000 })),
    ).flat();
    const told = batches.map((moves) =>
      moves.map(({ match, book, home, kickoff, minutes }) => {
        minute += minutes;
        return observation({
          event: `m${match}`,
          bookmaker: book,
          minute,
          home,
          kickoffMs: KICKOFF + kickoff * MINUTE,
        });
      }),
    );
    return [opening, ...told];
  }

  test('[ING56] several matches, in batches cut anywhere, written by whichever of some processes, one of them new now and then: the same is left', async () => {
    const { database, store } = await setup();
    let found = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(move, { minLength: 1, maxLength: 8 }), { minLength: 4, maxLength: 10 }),
        fc.array(fc.constantFrom(0, 1, 2, 'new' as const), { minLength: 15, maxLength: 15 }),
        async (moves, turns) => {
          const batches = feedOf(moves);
          await emptied(database);
          const one = pipelineOn(store);
          for (const batch of batches) await one.commit([batchOf(batch)]);
          const alone = await leftBy(database);
          found += alone.alerts.length;

          await emptied(database);
          const pipelines = [0, 1, 2].map(() => pipelineOn(store));
          for (const [index, batch] of batches.entries()) {
            const turn = turns[index] ?? 0;
            const writer = turn === 'new' ? pipelineOn(store) : pipelines[turn];
            await writer?.commit([batchOf(batch)]);
          }
          expect(await leftBy(database)).toEqual(alone);
        },
      ),
      { numRuns: 6 },
    );
    expect(found).toBeGreaterThan(6);
  });

  test('[ING56] writers at once, each of its own matches, leave what one writer leaves, in whatever order they commit', async () => {
    const { database, store } = await setup();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(move, { minLength: 1, maxLength: 8 }), { minLength: 4, maxLength: 10 }),
        async (moves) => {
          const [opening = [], ...batches] = feedOf(moves);
          const run = async (writers: number) => {
            await emptied(database);
            const pipelines = Array.from({ length: writers }, () => pipelineOn(store));
            await pipelines[0]?.commit([batchOf(opening)]);
            await Promise.all(
              pipelines.map(async (pipeline, index) => {
                for (const batch of batches) {
                  const own = batch.filter(({ event }) => Number(event.sourceKey.slice(1)) % writers === index);
                  await pipeline.commit([batchOf(own)]);
                }
              }),
            );
            const { alerts, ...left } = await leftBy(database);
            return { ...left, alerts: alerts.map(({ seq: _seq, ...alert }) => alert) };
          };
          expect(await run(2)).toEqual(await run(1));
        },
      ),
      { numRuns: 6 },
    );
  });

  test("[ING210] a competitor's wrong kickoff moves neither match nor alerts, and most competitors' new one does after a restart", async () => {
    const { database, store, pipeline } = await setup();
    const books = ['a', 'b', 'c'];
    const said = (bookmaker: string, minute: number, kickoffMs: number) =>
      observation({ bookmaker, minute, home: 2_000, kickoffMs });
    const kickoffOf = async () => (await database.reader.event.findFirstOrThrow()).kickoff.getTime();
    await pipeline.commit([batchOf([...OPENING, ...FALL])]);
    await pipeline.commit([batchOf([observation({ bookmaker: 'rival', minute: 6, home: 2_010, kickoffMs: T0 })])]);
    expect([await kickoffOf(), (await alertsOf(database))[0]?.kickoff.getTime()]).toEqual([KICKOFF, KICKOFF]);

    const later = KICKOFF + 60 * MINUTE;
    const ownless = (minute: number, kickoffMs: number, names: readonly string[]) =>
      batchOf(
        names.map((name) => {
          const { event, ...rest } = said(name, minute, kickoffMs);
          return { ...rest, event: { ...event, sourceKey: 'ownless' } };
        }),
      );
    const ownlessKickoff = async () =>
      (await database.reader.event.findFirstOrThrow({ where: { sourceKey: 'ownless' } })).kickoff.getTime();
    await pipeline.commit([ownless(0, KICKOFF, books)]);
    await pipeline.commit([ownless(1, later, ['a'])]);
    expect(await ownlessKickoff()).toBe(KICKOFF);
    // Another process, which knows of the first dissenter from the database alone.
    await pipelineOn(store).commit([ownless(1, later, ['b'])]);
    expect(await ownlessKickoff()).toBe(later);
    await pipeline.commit([ownless(2, KICKOFF, ['c'])]);
    expect(await ownlessKickoff()).toBe(later);
  });
});

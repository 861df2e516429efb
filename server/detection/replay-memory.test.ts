import { expect, test } from 'vitest';
import type { Market } from '../../contracts/market.ts';
import { detect } from './detect.ts';
import { type Detection, emptyEventState } from './detection.ts';
import type { HistoryVersion } from './event-history.ts';
import { pollsOf } from './history-polls.ts';
import type { Observation } from './observation.ts';
import { replayMemory } from './replay-memory.ts';
import { SETTINGS, START_MS } from './test-feed.ts';

const POLLS = 150;
const context = { eventId: 1 };

/** A repeatable stream of numbers in [0, 1). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const between = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** A basketball match as feeds show it: main lines or short ladders that move all the time, and now and then a shut book. */
function* feed(options: { readonly seed: number; readonly everyMs: number; readonly ladder: number }) {
  const random = createRandom(options.seed);
  const kickoffMs = START_MS + (POLLS + 10) * options.everyMs;
  const event = { sourceKey: 'e1', home: 'H', away: 'A', league: 'L', country: 'C', sport: 'basketball', kickoffMs };
  const books = ['ours', 'a', 'b', 'c', 'd'].map((bookmaker) => ({
    bookmaker,
    total: 165,
    price: 1.9,
    money: 1.8,
    shut: 0,
  }));
  for (let poll = 0; poll < POLLS; poll += 1) {
    for (const book of books) {
      if (random() < 0.08) book.total = between(book.total + (random() < 0.5 ? -0.5 : 0.5), 163, 167);
      if (random() < 0.2) book.price = between(book.price * (1 + (random() - 0.5) * 0.06), 1.5, 2.2);
      if (random() < 0.15) book.money = between(book.money * (1 + (random() - 0.5) * 0.12), 1.4, 2.4);
      book.shut = book.shut > 0 ? book.shut - 1 : random() < 0.01 ? 3 : 0;
      const say = (
        market: Market,
        line: number | null,
        price: number,
        names: readonly [string, string],
      ): Observation => ({
        event,
        bookmaker: book.bookmaker,
        market,
        line,
        outcomes: [price, 1 / (1.05 - 1 / price)].map((odds, index) => ({
          name: names[index] ?? '',
          milliOdds: Math.round(odds * 1_000),
          suspended: false,
        })),
        suspended: book.shut > 0,
        observedAtMs: START_MS + poll * options.everyMs,
        upstreamAtMs: null,
      });
      yield say('moneyline', null, book.money, ['1', '2']);
      for (let index = 0; index < options.ladder; index += 1)
        yield say('over_under', book.total + index, book.price + index / 10, ['over', 'under']);
    }
  }
}

/** The alerts about prices and offers, each with when it was found first. */
function createFound() {
  const alerts = new Map<string, number>();
  return {
    alerts,
    take({ findings }: Detection, atMs: number): void {
      for (const { alertKey, type } of findings)
        if ((type === 'price_change' || type === 'availability') && !alerts.has(alertKey)) alerts.set(alertKey, atMs);
    },
  };
}

test.each([
  { ladder: 1, everyMs: 60_000, seed: 1 },
  { ladder: 1, everyMs: 900_000, seed: 2 },
  { ladder: 3, everyMs: 60_000, seed: 3 },
  { ladder: 3, everyMs: 300_000, seed: 4 },
])('[DET214] of a feed whose lines change often the stored history finds again what was found: %j', (options) => {
  const live = createFound();
  const versions: HistoryVersion[] = [];
  let state = emptyEventState(0);
  let described: Observation['event'] | undefined;
  for (const observation of feed(options)) {
    described ??= observation.event;
    const detection = detect(state, observation, SETTINGS, context);
    ({ state } = detection);
    live.take(detection, observation.observedAtMs);
    versions.push(...detection.quoteChanges.map((quote) => ({ ...quote, observedAtMs: quote.changedAtMs })));
  }
  if (described === undefined) throw new Error('expected a feed');
  const memory = JSON.parse(JSON.stringify([...state.memory].map(([key, kept]) => ({ key, memory: kept }))));
  const again = createFound();
  state = emptyEventState(described.kickoffMs);
  const range = { fromMs: START_MS, toMs: START_MS + POLLS * options.everyMs };
  for (const observation of pollsOf({ described, versions, ...replayMemory(memory) }, range)) {
    const detection = detect(state, observation, SETTINGS, context);
    ({ state } = detection);
    again.take(detection, observation.observedAtMs);
  }
  expect(live.alerts.size).toBeGreaterThan(10);
  expect([...again.alerts].toSorted()).toEqual([...live.alerts].toSorted());
});

import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { oddsUpdateEnvelopeSchema } from '../contracts/socket.ts';
import { createLivePrices } from './live-prices.ts';
import { eventOddsKey, liveKey } from './queries.ts';
import { createQueryClient } from './query-client.ts';

const FETCH_MS = 800;
const SETTLED_MS = 5_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const update = (eventId: number) =>
  oddsUpdateEnvelopeSchema.parse({
    type: 'odds_update',
    timestamp: new Date().toISOString(),
    data: { event_ids: [eventId], bookmakers: ['pinnacle'], epoch: 'one', seq: 1 },
  });

/** An event's prices on screen, whose answer is as old as its request. */
function setup() {
  const client = createQueryClient();
  const desk = { price: 1 };
  let reads = 0;
  const observer = new QueryObserver(client, {
    queryKey: eventOddsKey(7),
    staleTime: Infinity,
    initialData: 1,
    async queryFn() {
      reads += 1;
      const read = desk.price;
      await new Promise((resolve) => setTimeout(resolve, FETCH_MS));
      return read;
    },
  });
  onTestFinished(observer.subscribe(() => {}));
  const lives: (readonly string[])[] = [];
  const prices = createLivePrices({ client, onSignsOfLife: (books) => void lives.push([...books]) });
  return { client, prices, desk, lives, reads: () => reads, onScreen: () => client.getQueryData(eventOddsKey(7)) };
}

test('[UI380] prices that moved while nobody could tell this tab are read when it is greeted', async () => {
  const { prices, desk, reads, onScreen } = setup();
  desk.price = 2;
  prices.greeted();
  await vi.advanceTimersByTimeAsync(SETTLED_MS);
  expect([onScreen(), reads()]).toEqual([2, 1]);
});

test('[UI381] a price that comes while prices are being read is read after them, and a stream of them starves nothing', async () => {
  const { prices, desk, reads, onScreen } = setup();
  desk.price = 2;
  prices.heard(update(7));
  await vi.advanceTimersByTimeAsync(600);
  expect(reads()).toBe(1);
  // Told, and its own turn come, before the first reading has ended.
  desk.price = 3;
  prices.heard(update(7));
  await vi.advanceTimersByTimeAsync(SETTLED_MS);
  expect([onScreen(), reads()]).toEqual([3, 2]);

  for (let turn = 0; turn < 40; turn += 1) {
    desk.price += 1;
    prices.heard(update(7));
    await vi.advanceTimersByTimeAsync(250);
  }
  expect(onScreen()).toBeGreaterThan(30);
  await vi.advanceTimersByTimeAsync(SETTLED_MS);
  expect(onScreen()).toBe(desk.price);
});

test('[UI381] a reading that the desk link began before the price came is not taken for one after it', async () => {
  const { client, prices, desk, reads, onScreen } = setup();
  void client.invalidateQueries({ queryKey: liveKey });
  await vi.advanceTimersByTimeAsync(10);
  desk.price = 2;
  prices.heard(update(7));
  await vi.advanceTimersByTimeAsync(SETTLED_MS);
  expect([onScreen(), reads()]).toEqual([2, 2]);
});

test('[UI381] prices of another event are not read, and every book that was told of shows a sign of life', async () => {
  const { prices, reads, lives } = setup();
  prices.heard(update(8));
  await vi.advanceTimersByTimeAsync(SETTLED_MS);
  expect(reads()).toBe(0);
  expect(lives).toEqual([['pinnacle']]);
});

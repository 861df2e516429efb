import { expect, test } from 'vitest';
import type { PriceChanges, PriceTransaction } from './price-store.ts';
import { writeBehind } from './write-behind.ts';

const NOTHING: PriceChanges = {
  newQuotes: [],
  changedQuotes: [],
  history: [],
  absences: [],
  presence: [],
  memory: [],
  touchedEvents: [],
};

/** A transaction that only notes what it is asked; its writes end when they are told to. */
function setup() {
  const asked: string[] = [];
  const writes: PromiseWithResolvers<void>[] = [];
  const stored = {
    async bookmakerIds() {
      asked.push('bookmakerIds');
      return new Map([['a', 1]]);
    },
    write() {
      asked.push(`write ${writes.length + 1}`);
      const ending = Promise.withResolvers<void>();
      writes.push(ending);
      return ending.promise;
    },
  };
  const transaction = writeBehind(stored as unknown as PriceTransaction);
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { asked, writes, transaction, turn };
}

test('[ING213] a write goes on while the caller does; the next one, and any question, waits for its end', async () => {
  const { asked, writes, transaction, turn } = setup();
  await transaction.write(NOTHING);
  const names = transaction.bookmakerIds(['a']);
  const second = transaction.write(NOTHING);
  await turn();
  expect(asked).toEqual(['write 1']);
  writes[0]?.resolve();
  expect(await names).toEqual(new Map([['a', 1]]));
  await second;
  expect(asked).toEqual(['write 1', 'bookmakerIds', 'write 2']);

  let isSettled = false;
  const settled = transaction.settled().then(() => (isSettled = true));
  await turn();
  expect(isSettled).toBe(false);
  writes[1]?.resolve();
  await settled;
});

test('[ING213] a write that fails is heard of by whoever asks next, and by the end of the transaction', async () => {
  const { writes, transaction } = setup();
  await transaction.write(NOTHING);
  writes[0]?.reject(new Error('out of range'));
  await expect(transaction.bookmakerIds(['a'])).rejects.toThrow('out of range');
  await expect(transaction.write(NOTHING)).rejects.toThrow('out of range');
  await expect(transaction.settled()).rejects.toThrow('out of range');
});

import { expect, test } from 'vitest';
import type { PriceChanges, PriceTransaction } from './price-store.ts';
import { withWritesBehind } from './write-behind.ts';

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
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const run = <Result>(work: (transaction: PriceTransaction) => Promise<Result>) =>
    withWritesBehind(stored as unknown as PriceTransaction, work);
  return { asked, writes, run, turn };
}

test('[ING213] a write goes on while the caller does; the next one, and any question, waits for its end', async () => {
  const { asked, writes, run, turn } = setup();
  let isOver = false;
  const done = run(async (transaction) => {
    await transaction.write(NOTHING);
    const names = transaction.bookmakerIds(['a']);
    const second = transaction.write(NOTHING);
    await turn();
    expect(asked).toEqual(['write 1']);
    writes[0]?.resolve();
    expect(await names).toEqual(new Map([['a', 1]]));
    await second;
    expect(asked).toEqual(['write 1', 'bookmakerIds', 'write 2']);
    return 'worked';
  }).finally(() => (isOver = true));
  await expect.poll(() => writes).toHaveLength(2);
  await turn();
  expect(isOver).toBe(false);
  writes[1]?.resolve();
  expect(await done).toBe('worked');
});

test('[ING213] a write that fails is heard of by whoever asks next, and by the end of the transaction', async () => {
  const { writes, run } = setup();
  const done = run(async (transaction) => {
    await transaction.write(NOTHING);
    writes[0]?.reject(new Error('out of range'));
    await expect(transaction.bookmakerIds(['a'])).rejects.toThrow('out of range');
    await expect(transaction.write(NOTHING)).rejects.toThrow('out of range');
  });
  await expect(done).rejects.toThrow('out of range');
});

test('[ING213] work that fails is over only when its last write is, so that none of it follows the ROLLBACK', async () => {
  const { writes, run, turn } = setup();
  let isOver = false;
  const done = run(async (transaction) => {
    await transaction.write(NOTHING);
    throw new Error('cannot be judged');
  }).finally(() => (isOver = true));
  done.catch(() => undefined);
  await expect.poll(() => writes).toHaveLength(1);
  await turn();
  expect(isOver).toBe(false);
  writes[0]?.resolve();
  await expect(done).rejects.toThrow('cannot be judged');
});

import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

test('[ING40] of many that work at once one does its stretch in each turn of the event loop, in the order they asked', async () => {
  const takeTurn = createTurns();
  const order: string[] = [];
  const work = async (name: string): Promise<void> => {
    for (let stretch = 0; stretch < 2; stretch += 1) {
      await takeTurn();
      order.push(name);
    }
  };
  const done = Promise.all([work('a'), work('b'), work('c')]);
  for (let turn = 1; turn <= 6; turn += 1) {
    await nextTurn();
    expect(order.length).toBeLessThanOrEqual(turn);
  }
  await done;
  expect(order).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
});

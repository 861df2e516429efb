import { expect, test } from 'vitest';
import { createShutdown } from './shutdown.ts';

function setup() {
  const ended: string[] = [];
  const failed: string[] = [];
  const shutdown = createShutdown({
    withinMs: 1_000,
    onError: (step) => void failed.push(step),
    onOverdue: (step) => void failed.push(`${step} is overdue`),
  });
  const step = (name: string) => shutdown.onStop(name, async () => void ended.push(name));
  return { shutdown, step, ended, failed };
}

test('[OPS84] what was started last is stopped first, once, however often it is asked for', async () => {
  const { shutdown, step, ended } = setup();
  step('the database');
  step('the hub');
  await Promise.all([shutdown.run(), shutdown.run()]);
  expect(ended).toEqual(['the hub', 'the database']);
});

test('[OPS84] a step that fails is reported, and the others are stopped all the same', async () => {
  const { shutdown, step, ended, failed } = setup();
  step('the database');
  shutdown.onStop('the hub', () => Promise.reject(new Error('stuck')));
  await shutdown.run();
  expect([ended, failed]).toEqual([['the database'], ['the hub']]);
});

test('[OPS84] a start that is stopped half-way can tell its own end from a failure', async () => {
  const { shutdown } = setup();
  expect(shutdown.hasBegun()).toBe(false);
  const done = shutdown.run();
  expect(shutdown.hasBegun()).toBe(true);
  await done;
});

import { expect, test } from 'vitest';
import { runSlowConsumer } from './slow-consumer.ts';

const MEGABYTE = 1024 * 1024;

test('[G6] a browser that reads 1 KB a second is cut as slow within ten seconds, what is held for it is bounded, and others do not notice', async () => {
  const figures = await runSlowConsumer({ slowConsumers: 1 });
  console.log(`slow consumer: ${JSON.stringify(figures)}`);
  expect(figures.cutCodes).toEqual(['slow']);
  expect(figures.cutAfterMs.max).toBeLessThanOrEqual(10_000);
  expect(figures.bufferedBytes).toBeLessThanOrEqual(2 * MEGABYTE);
  expect(figures.othersMs.median).toBeLessThanOrEqual(100);
}, 40_000);

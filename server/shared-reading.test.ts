import { expect, test } from 'vitest';
import type { Watermark } from '../contracts/watermark.ts';
import { createSharedReading } from './shared-reading.ts';

const MAX_AGE_MS = 500;

/** A desk whose readings end when the test says so, each as of the moment it began. */
function setup() {
  const desk = { epoch: 'one', seq: 1, nowMs: 0, untilMs: Infinity };
  const readings: { readonly began: Watermark; readonly end: PromiseWithResolvers<void> }[] = [];
  const get = createSharedReading({
    async read() {
      const began = { epoch: desk.epoch, seq: desk.seq };
      const end = Promise.withResolvers<void>();
      readings.push({ began, end });
      await end.promise;
      return began;
    },
    watermark: () => ({ epoch: desk.epoch, seq: desk.seq }),
    validUntilMs: () => desk.untilMs,
    maxAgeMs: MAX_AGE_MS,
    now: () => desk.nowMs,
  });
  return { desk, readings, get, end: (index: number) => readings[index]?.end.resolve() };
}

test('[OPS50] a thousand who ask together share one reading, and so do those who ask a little later', async () => {
  const { desk, readings, get, end } = setup();
  const asked = Array.from({ length: 1_000 }, get);
  end(0);
  await Promise.all(asked);
  desk.nowMs = MAX_AGE_MS - 1;
  await get();
  expect(readings).toHaveLength(1);
  desk.nowMs = MAX_AGE_MS;
  const late = get();
  expect(readings).toHaveLength(2);
  end(1);
  await late;
});

test('[OPS51] who asks after the watermark moved is never given a reading from before', async () => {
  const { desk, readings, get, end } = setup();
  const early = get();
  desk.seq = 2;
  const later = [get(), get()];
  end(0);
  expect((await early).seq).toBe(1);
  await expect.poll(() => readings.length).toBe(2);
  end(1);
  expect((await Promise.all(later)).map(({ seq }) => seq)).toEqual([2, 2]);
  desk.epoch = 'restored';
  const restored = get();
  end(2);
  expect((await restored).epoch).toBe('restored');
});

test('[OPS52] a reading ends at the next kickoff, and a failed one is tried again by the next who asks', async () => {
  const { desk, readings, get, end } = setup();
  desk.untilMs = 100;
  const before = get();
  end(0);
  await before;
  desk.nowMs = 100;
  desk.untilMs = Infinity;
  const after = get();
  readings[1]?.end.reject(new Error('database is away'));
  await expect(after).rejects.toThrow('database is away');
  const again = get();
  end(2);
  expect((await again).seq).toBe(1);
});

import { expect, test } from 'vitest';
import { createWriteHealth } from './write-health.ts';

test('[FLT37] writes that fail are said until one goes through again, or is refused for its value', async () => {
  let probes = 0;
  const health = createWriteHealth({
    trouble: (error) => (error === 'full' ? 'no room left' : null),
    probe: () => (probes += 1),
  });
  expect(health.part()).toEqual({ ok: true, detail: 'answers' });
  await expect(health.watch(Promise.reject(new Error('poison')))).rejects.toThrow('poison');
  expect(health.part().ok).toBe(true);
  await expect(health.watch(Promise.reject('full'))).rejects.toBe('full');
  expect(health.part()).toEqual({ ok: false, detail: 'reads are answered, writes fail: no room left' });
  expect(probes).toBe(1);
  expect(await health.watch(Promise.resolve('stored'))).toBe('stored');
  expect(health.part().ok).toBe(true);
});

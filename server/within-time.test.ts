import { expect, test } from 'vitest';
import { withinTime } from './within-time.ts';

test('[FLT39] readiness is answered in time, also when the database says nothing', async () => {
  const never = new Promise<string>(() => undefined);
  await expect(withinTime(never, 10)).rejects.toMatchObject({ code: 'database_unavailable' });
  expect(await withinTime(Promise.resolve('answers'), 10)).toBe('answers');
  await expect(withinTime(Promise.reject(new Error('away')), 10)).rejects.toThrow('away');
});

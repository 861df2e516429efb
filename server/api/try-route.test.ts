import { expect, test } from 'vitest';
import { AppError } from '../../contracts/errors.ts';
import { SETTINGS, setup } from './api.fixture.ts';

const REQUEST = { settings: SETTINGS, from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' };

test('[API44] a try answers line by line', async () => {
  const { send, asked } = setup();
  const response = await send('POST', '/api/settings/try', REQUEST);
  expect(response.headers.get('content-type')).toBe('application/x-ndjson');
  const lines = (await response.text()).trimEnd().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual(['progress', 'error']);
  expect(asked).toEqual([['trySettings', REQUEST]]);
});

test('[API44] a try that is refused at once is an error with its status, not half an answer', async () => {
  const { send } = setup({
    // oxlint-disable-next-line require-yield -- refused before the first line
    async *trySettings() {
      throw new AppError('busy', 'expected no other try to run', { retryAfterSeconds: 5 });
    },
  });
  const response = await send('POST', '/api/settings/try', REQUEST);
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('5');
});

test.each([
  [{ ...REQUEST, to: REQUEST.from }, 'to'],
  [{ ...REQUEST, to: '2026-06-01T00:00:00Z' }, 'to'],
  [
    { ...REQUEST, settings: { ...SETTINGS, priceChangePercent: { warning: 9, elevated: 8, critical: 15 } } },
    'settings.priceChangePercent.elevated',
  ],
  [{ ...REQUEST, eventIds: [] }, 'eventIds'],
])('[API44] %# is refused with the field named', async (body, parameter) => {
  const { send, asked } = setup();
  const response = await send('POST', '/api/settings/try', body);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { details: [{ parameter }] } });
  expect(asked).toEqual([]);
});

import { expect, test } from 'vitest';
import { VIEW, setup } from './api.fixture.ts';

const REQUEST = { name: 'Late money', filter: { severity: ['critical'] }, sort: 'kickoff' };

test('[API203] views are listed, saved, replaced and deleted in the name of the trader', async () => {
  const { ask, send, asked } = setup();
  expect(await (await ask('/api/views')).json()).toMatchObject({ views: [VIEW], seq: 7 });
  expect((await send('POST', '/api/views', REQUEST, { 'x-trader': 'Ada' })).status).toBe(201);
  expect((await send('PUT', `/api/views/${VIEW.id}`, REQUEST, { 'x-trader': 'Bob' })).status).toBe(200);
  expect((await ask(`/api/views/${VIEW.id}`, { method: 'DELETE' })).status).toBe(200);
  expect(asked).toEqual([
    ['createView', REQUEST, 'Ada'],
    ['replaceView', VIEW.id, REQUEST, 'Bob'],
    ['deleteView', VIEW.id],
  ]);
  expect((await ask('/api/views/99', { method: 'DELETE' })).status).toBe(404);
  expect((await send('PUT', '/api/views/99', REQUEST)).status).toBe(404);
});

test.each([
  [{ ...REQUEST, name: ' ' }, 'name'],
  [{ ...REQUEST, filter: { severity: ['criticl'] } }, 'filter.severity'],
  [{ ...REQUEST, filter: { status: ['new'] } }, 'filter.status'],
  [{ ...REQUEST, sort: 'size' }, 'sort'],
])('[API204] the view %j is refused, with the field named', async (body, parameter) => {
  const { send, asked } = setup();
  const response = await send('POST', '/api/views', body);
  expect(response.status).toBe(400);
  expect(JSON.stringify(await response.json())).toContain(parameter);
  expect(asked).toEqual([]);
});

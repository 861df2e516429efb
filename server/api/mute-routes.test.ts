import { expect, test } from 'vitest';
import { MUTE, setup } from './api.fixture.ts';

const REQUEST = { scope: { kind: 'event', eventId: 17 }, until: 'kickoff', reason: 'priced by hand' };

test('[API40] mutes are listed in pages, made and lifted in the name of the trader', async () => {
  const { ask, send, asked } = setup();
  expect(await (await ask('/api/mutes')).json()).toMatchObject({ mutes: [MUTE], mutedAlerts: 2, seq: 7 });
  const made = await send('POST', '/api/mutes', REQUEST, { 'x-trader': 'Ada' });
  expect(made.status).toBe(201);
  expect(await made.json()).toMatchObject({ mute: MUTE, alerts: 2, seq: 7 });
  const lifted = await ask(`/api/mutes/${MUTE.id}`, { method: 'DELETE', headers: { 'x-trader': 'Bob' } });
  expect(lifted.status).toBe(200);
  expect(asked).toEqual([
    ['listMutes', { state: 'in_force', limit: 200 }],
    ['createMute', REQUEST, 'Ada'],
    ['liftMute', MUTE.id, 'Bob'],
  ]);
  expect((await ask('/api/mutes/99', { method: 'DELETE' })).status).toBe(404);
});

test.each([
  [{ ...REQUEST, scope: { kind: 'bookmaker', bookmaker: 'x' } }, 'until'],
  [{ ...REQUEST, scope: { kind: 'stadium' } }, 'scope.kind'],
  [{ ...REQUEST, until: 'tomorrow' }, 'until'],
  [{ ...REQUEST, reason: 'x'.repeat(501) }, 'reason'],
])('[API40] %j is refused, with the field named', async (body, parameter) => {
  const { send, asked } = setup();
  const response = await send('POST', '/api/mutes', body);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 'bad_request', details: [{ in: 'body', parameter }] } });
  expect(asked).toEqual([]);
});

test('[API40] a league or a bookmaker is muted until an instant', async () => {
  const { send, asked } = setup();
  const until = '2026-03-02T00:00:00Z';
  const scope = { kind: 'market', market: 'btts' };
  expect((await send('POST', '/api/mutes', { ...REQUEST, scope, until })).status).toBe(201);
  expect(asked).toEqual([['createMute', { ...REQUEST, scope: { ...scope, eventId: null }, until }, 'desk']]);
});

test('[API40] a mute needs no reason', async () => {
  const { send, asked } = setup();
  const { reason: _reason, ...unexplained } = REQUEST;
  expect((await send('POST', '/api/mutes', unexplained)).status).toBe(201);
  expect(asked).toEqual([['createMute', { ...REQUEST, reason: '' }, 'desk']]);
});

test('[API41] a DELETE from a foreign page does nothing', async () => {
  const { ask, asked } = setup();
  const response = await ask(`/api/mutes/${MUTE.id}`, { method: 'DELETE', headers: { origin: 'https://example.com' } });
  expect(response.status).toBe(403);
  expect(asked).toEqual([]);
});

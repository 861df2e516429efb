import { type InferResponseType, hc } from 'hono/client';
import { expect, expectTypeOf, test } from 'vitest';
import type { AlertChanges, AlertList, AlertStats } from '../../contracts/alert-query.ts';
import type { ErrorEnvelope } from '../../contracts/errors.ts';
import { ALERT, ALERT_ID, EVENT_ID, LIST, MARK, ORIGIN, SETTINGS, setup } from './api.fixture.ts';
import type { ApiType } from './api.ts';

test('[API29] the typed client reaches every noun with the types of the contract', async () => {
  const { api, asked } = setup();
  const client = hc<ApiType>(ORIGIN, { fetch: api.request.bind(api) });

  const list = await client.api.alerts.$get({ query: { severity: ['critical', 'warning'], limit: 20 } });
  if (!list.ok) throw new Error('expected a list');
  const alerts = await list.json();
  expectTypeOf<InferResponseType<typeof client.api.alerts.$get, 200>['counts']>().toEqualTypeOf<AlertList['counts']>();
  expectTypeOf<InferResponseType<typeof client.api.alerts.stats.$get, 200>['byType']>().toEqualTypeOf<
    AlertStats['byType']
  >();
  expectTypeOf<InferResponseType<typeof client.api.alerts.$get, 400>['error']['code']>().toEqualTypeOf<
    ErrorEnvelope['error']['code']
  >();
  expectTypeOf<InferResponseType<typeof client.api.alerts.changes.$get, 200>['reset']>().toEqualTypeOf<
    AlertChanges['reset']
  >();
  expectTypeOf(alerts.alerts[0]?.severity).toEqualTypeOf<'warning' | 'elevated' | 'critical' | undefined>();
  expect(alerts).toEqual(LIST);
  expect(asked).toEqual([['listAlerts', { severity: ['critical', 'warning'], limit: 20, sort: 'detected' }]]);

  const one = await client.api.alerts[':id'].$get({ param: { id: String(ALERT_ID) } });
  expect(one.ok && (await one.json()).explanation.rule).toBe(ALERT.explanation.rule);

  const patched = await client.api.alerts[':id'].$patch({
    param: { id: ALERT_ID },
    header: { 'x-trader': 'Ada' },
    json: { acknowledged: true },
  });
  expect(patched.status).toBe(200);

  const acknowledged = await client.api.alerts.acknowledge.$post({ header: {}, json: { ids: [ALERT_ID] } });
  expect(acknowledged.ok && (await acknowledged.json()).ids).toEqual([ALERT_ID]);

  const saved = await client.api.settings.$put({ header: {}, json: SETTINGS });
  expect(saved.ok && (await saved.json()).seq).toBe(MARK.seq);

  const history = await client.api.events[':id'].history.$get({
    param: { id: EVENT_ID },
    query: { market: 'over_under', line: 2.5, outcome: 'over' },
  });
  expect(history.ok && (await history.json()).line).toBe(2.5);

  const desk = await client.api.desk.$get();
  expect(desk.ok && (await desk.json()).feed).toBe('none');

  const missing = await client.api.events[':id'].$get({ param: { id: '9' } });
  expect(missing.ok).toBe(false);
});

test('[API29] misuse of the typed client is a type error', () => {
  const client = hc<ApiType>(ORIGIN);
  const misuse = (): void => {
    // @ts-expect-error -- a note is text
    void client.api.alerts[':id'].$patch({ param: { id: '1' }, header: {}, json: { acknowledged: true, note: 5 } });
    // @ts-expect-error -- there is no such route
    void client.api.alarms.$get();
  };
  expectTypeOf(misuse).toBeFunction();
});

import { describe, expect, test } from 'vitest';
import { AppError } from '../../contracts/errors.ts';
import { errorEnvelopeSchema } from '../../contracts/error-envelope.ts';
import { ALERT, ALERT_ID, EVENT_ID, LIST, MARK, SETTINGS, STATS, setup } from './api.fixture.ts';
import { MAX_JSON_BODY_BYTES } from './guards.ts';

const NDJSON = { 'content-type': 'application/x-ndjson' };

describe('reads', () => {
  test.each([
    ['/api/alerts', LIST],
    ['/api/alerts/stats', STATS],
    [`/api/alerts/${ALERT_ID}`, ALERT],
    ['/api/alerts/changes?since=3', { reset: true, ...MARK }],
    ['/api/events', { events: [{ id: EVENT_ID }] }],
    [`/api/events/${EVENT_ID}`, { event: { id: EVENT_ID } }],
    [`/api/events/${EVENT_ID}/odds`, { eventId: EVENT_ID }],
    [`/api/events/${EVENT_ID}/history?market=1x2&outcome=X`, { outcome: 'X', line: null }],
    ['/api/settings', { settings: SETTINGS }],
    ['/api/desk', { ownBookmaker: 'ourbook' }],
    ['/healthz', { ok: true }],
    ['/readyz', { ready: true }],
  ])('[API1] GET %s answers 200 with the JSON of its contract', async (path, body) => {
    const { ask } = setup();
    const response = await ask(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(await response.json()).toMatchObject(body);
  });

  test('[API2] filters are repeated, words and numbers also comma-separated, and are handed on parsed, with the defaults', async () => {
    const { ask, asked } = setup();
    await ask(
      '/api/alerts?severity=critical,elevated&severity=warning&eventId=17&league=Cup%2C%20Women&league=Liga&limit=20&q=%20river%20',
    );
    expect(asked).toEqual([
      [
        'listAlerts',
        {
          severity: ['critical', 'elevated', 'warning'],
          eventId: [17],
          league: ['Cup, Women', 'Liga'],
          sort: 'detected',
          limit: 20,
          q: 'river',
        },
      ],
    ]);
  });

  test.each([
    ['/api/alerts?severity=critcal', 'severity', /expected one of "warning"\|"elevated"\|"critical", got "critcal"/],
    ['/api/alerts?limit=500', 'limit', /limit: expected number to be <=200, got "500"/],
    ['/api/alerts?severty=critical', '', /unknown: severty/],
    ['/api/alerts?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'to', /later than `from`/],
    ['/api/alerts/stats?x=1', '', /unknown: x/],
    ['/api/alerts/abc', 'id', /id: expected number, got "abc"/],
    ['/api/alerts/changes', 'since', /since: expected number, got nothing/],
    ['/api/events/0', 'id', /expected number to be >0, got "0"/],
    [`/api/events/${EVENT_ID}/history?market=corners&outcome=X`, 'market', /got "corners"/],
  ])(
    '[API3] GET %s is a 400 that names the parameter, what was expected and what came',
    async (path, parameter, message) => {
      const { ask } = setup();
      const response = await ask(path);
      expect(response.status).toBe(400);
      const { error } = errorEnvelopeSchema.parse(await response.json());
      expect(error.code).toBe('bad_request');
      expect(error.message).toMatch(message);
      expect(error.details).toMatchObject([{ parameter: expect.stringContaining(parameter) }]);
    },
  );

  test.each([
    '/api/alerts/9',
    '/api/events/9',
    '/api/events/9/odds',
    '/api/events/9/history?market=1x2&outcome=X',
    '/api/nothing',
    '/api',
  ])('[API4] GET %s, which is not there, is a 404 in the envelope', async (path) => {
    const { ask } = setup();
    const response = await ask(path);
    expect(response.status).toBe(404);
    expect(errorEnvelopeSchema.parse(await response.json()).error.code).toBe('not_found');
  });

  test('[API5] the CSV is streamed as a file; a query that fails at once is an error and not half a file', async () => {
    const { ask } = setup();
    const response = await ask('/api/alerts.csv?status=new');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(await response.text()).toBe('id,bookmaker\n1042,ourbook\n');

    const failing = setup({
      // eslint-disable-next-line require-yield -- fails before its first piece
      async *alertsCsv() {
        throw new AppError('database_unavailable', 'the database is away', { retryAfterSeconds: 2 });
      },
    });
    expect((await failing.ask('/api/alerts.csv')).status).toBe(503);
  });

  test('[API6] /readyz is 503 when a part is not ready, each named; /metrics is Prometheus text', async () => {
    const ok = { ok: true, detail: '' };
    const parts = { database: { ok: false, detail: 'connection refused' }, queue: ok, hub: ok };
    const { ask } = setup({ readiness: async () => ({ ready: false, parts }) });
    const response = await ask('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ready: false, parts });
    expect((await ask('/metrics')).headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  });
});

describe('writes', () => {
  test('[API7] acknowledging hands on who acts: X-Trader, else the desk', async () => {
    const { send, asked } = setup();
    const patch = { acknowledged: true, note: ' seen ' };
    expect((await send('PATCH', `/api/alerts/${ALERT_ID}`, patch, { 'X-Trader': ' Ada ' })).status).toBe(200);
    expect((await send('PATCH', '/api/alerts/9', patch)).status).toBe(404);
    const answer = await send('POST', '/api/alerts/acknowledge', { ids: [ALERT_ID] });
    expect(await answer.json()).toEqual({ acknowledged: 1, ids: [ALERT_ID], ...MARK });
    await send('POST', '/api/alerts/acknowledge', { filter: { severity: ['warning'] }, note: 'x' });
    expect(asked).toEqual([
      ['patchAlert', ALERT_ID, { acknowledged: true, note: 'seen' }, 'Ada'],
      ['patchAlert', 9, { acknowledged: true, note: 'seen' }, 'desk'],
      ['acknowledge', { ids: [ALERT_ID] }, 'desk'],
      ['acknowledge', { filter: { severity: ['warning'] }, note: 'x' }, 'desk'],
    ]);
  });

  test.each([
    ['Zo%C3%AB%20%E5%BC%A0', 'Zoë 张'],
    ['50% Ada', '50% Ada'],
    ['%E5%BC%A0'.repeat(80), '张'.repeat(80)],
    ['%20', 'desk'],
  ])('[API7] the name %s is %s', async (header, actor) => {
    const { send, asked } = setup();
    await send('POST', '/api/alerts/acknowledge', { ids: [ALERT_ID] }, { 'X-Trader': header });
    expect(asked).toEqual([['acknowledge', { ids: [ALERT_ID] }, actor]]);
  });

  test.each(['A'.repeat(81), '%E5%BC%A0'.repeat(81), 'A%00'])('[API7] the name %s is refused', async (header) => {
    const { send, asked } = setup();
    const answer = await send('POST', '/api/alerts/acknowledge', { ids: [ALERT_ID] }, { 'X-Trader': header });
    expect([answer.status, asked]).toEqual([400, []]);
  });

  test('[API8] settings are saved whole and checked across their fields', async () => {
    const { send, asked } = setup();
    expect((await send('PUT', '/api/settings', SETTINGS, { 'X-Trader': 'Ada' })).status).toBe(200);
    expect(asked).toEqual([['saveSettings', SETTINGS, { actor: 'Ada', ifRevision: undefined }]]);
    const bands = { warning: 7, elevated: 5, critical: 15 };
    const crossed = await send('PUT', '/api/settings', { ...SETTINGS, priceChangePercent: bands });
    expect(crossed.status).toBe(400);
    expect(await crossed.json()).toMatchObject({
      error: { message: 'priceChangePercent.elevated: expected more than warning (7), got 5' },
    });
    const partial = await send('PUT', '/api/settings', { ownBookmaker: 'x' });
    expect(partial.status).toBe(400);
    expect(asked).toHaveLength(1);
  });

  test('[API42] settings come with their revision as ETag, and a save names the one it changes', async () => {
    const { ask, send, asked } = setup();
    expect((await ask('/api/settings')).headers.get('etag')).toBe('"3"');
    const saved = await send('PUT', '/api/settings', SETTINGS, { 'if-match': '"3"' });
    expect(saved.headers.get('etag')).toBe('"3"');
    expect(asked).toEqual([['saveSettings', SETTINGS, { actor: 'desk', ifRevision: 3 }]]);
    expect((await send('PUT', '/api/settings', SETTINGS, { 'if-match': 'abc' })).status).toBe(400);
  });

  test('[API42] a save over a change of somebody else is a 409 that says what came meanwhile', async () => {
    const details = { current: { revision: 4 }, meanwhile: [] };
    const { send } = setup({
      saveSettings: () => Promise.reject(new AppError('conflict', 'expected revision 3 to be in force', { details })),
    });
    const response = await send('PUT', '/api/settings', SETTINGS, { 'if-match': '"3"' });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ error: { code: 'conflict', details } });
  });

  test('[API43] the revisions of the settings are read in pages', async () => {
    const { ask } = setup();
    const response = await ask('/api/settings/revisions?limit=1');
    expect(await response.json()).toMatchObject({ revisions: [{ revision: 3, changedBy: 'Ada' }], nextCursor: null });
    expect((await ask('/api/settings/revisions?limit=1000')).status).toBe(400);
  });

  test('[SET50] a single revision gives its whole settings; one that is not there is a 404', async () => {
    const { ask } = setup();
    const response = await ask('/api/settings/revisions/3');
    expect(await response.json()).toMatchObject({ revision: 3, changedBy: 'Ada', settings: SETTINGS });
    expect((await ask('/api/settings/revisions/4')).status).toBe(404);
    expect((await ask('/api/settings/revisions/latest')).status).toBe(400);
  });

  test.each([
    ['both', { ids: [1], filter: {} }, 'unknown: filter'],
    ['neither', {}, 'ids: expected array, got nothing'],
    ['a misspelt filter', { filter: { severty: ['warning'] } }, 'filter: unknown: severty'],
    [
      'a misspelt severity',
      { filter: { severity: ['critcal'] } },
      /^filter\.severity\[0\]: expected one of .*, got "critcal"$/,
    ],
    ['no ids', { ids: [] }, /ids: expected array to have >=1 items, got an array of 0/],
  ])('[API9] acknowledging by %s is a 400', async (_name, body, message) => {
    const { send, asked } = setup();
    const response = await send('POST', '/api/alerts/acknowledge', body);
    expect(response.status).toBe(400);
    expect(errorEnvelopeSchema.parse(await response.json()).error.message).toMatch(message);
    expect(asked).toEqual([]);
  });

  test('[API10] a write that is no JSON is 415, broken JSON 400, one of more than 256 kB 413', async () => {
    const { ask, send } = setup();
    const path = '/api/alerts/acknowledge';
    for (const headers of [
      {},
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/x-www-form-urlencoded' },
    ]) {
      const response = await ask(path, { method: 'POST', body: '{"ids":[1]}', headers });
      expect(response.status).toBe(415);
      expect(await response.json()).toMatchObject({ error: { code: 'unsupported_media_type' } });
    }
    const broken = await ask(path, { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } });
    expect(await broken.json()).toMatchObject({ error: { code: 'unreadable_body' } });
    const large = await send('POST', path, { ids: [1], note: 'x'.repeat(MAX_JSON_BODY_BYTES) });
    expect(large.status).toBe(413);
    expect(await large.json()).toMatchObject({ error: { code: 'body_too_large' } });
  });
});

describe('who may ask', () => {
  const acknowledge = { ids: [ALERT_ID] };

  test.each([
    ['a foreign origin', { origin: 'http://evil.example' }],
    ['another port of this machine', { origin: 'http://localhost:4000' }],
    ['an opaque origin', { origin: 'null' }],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
    ['a same-site fetch', { 'sec-fetch-site': 'same-site' }],
  ])('[API11] a write from %s is 403, and does nothing', async (_name, headers) => {
    const { send, ask, asked } = setup();
    const response = await send('POST', '/api/alerts/acknowledge', acknowledge, headers);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: 'forbidden_origin' } });
    const ingest = await ask('/api/ingest/snapshots', {
      method: 'POST',
      body: 'x',
      headers: { ...NDJSON, ...headers },
    });
    expect(ingest.status).toBe(403);
    expect(asked).toEqual([]);
  });

  test.each([
    ['our own page', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }],
    ['no browser', {}],
  ])('[API11] a write from %s is taken', async (_name, headers) => {
    const { send } = setup();
    expect((await send('POST', '/api/alerts/acknowledge', acknowledge, headers)).status).toBe(200);
  });

  test.each(['evil.example:3000', 'localhost:4000', 'localhost', 'localhost.evil.example:3000'])(
    '[API12] a request under the host name %s is 403, reads included',
    async (host) => {
      const { ask } = setup();
      await ask('/api/alerts');
      const response = await ask('/api/alerts', { headers: { host } });
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ error: { code: 'forbidden_host' } });
    },
  );

  test('[API13] a request in this process, without a host name, is answered', async () => {
    const { api } = setup();
    expect((await api.request('/api/alerts')).status).toBe(200);
  });
});

describe('errors', () => {
  test('[API14] a method that a path does not have is 405 and says which it has', async () => {
    const { ask, send } = setup();
    const stats = await ask('/api/alerts/stats', { method: 'DELETE' });
    expect(stats.status).toBe(405);
    expect(stats.headers.get('allow')).toBe('GET');
    expect(await stats.json()).toMatchObject({ error: { code: 'method_not_allowed' } });
    expect((await send('POST', `/api/alerts/${ALERT_ID}`, {})).headers.get('allow')).toBe('GET, PATCH');
    expect((await ask('/api/ingest/snapshots')).headers.get('allow')).toBe('POST');
    expect((await ask('/api/alerts', { method: 'OPTIONS' })).status).toBe(405);
  });

  test.each([
    ['queue_full', 503, '3'],
    ['database_unavailable', 503, '3'],
    ['idempotency_key_reused', 422, null],
    ['unreadable_body', 400, null],
    ['body_too_large', 413, null],
  ] as const)('[API15] %s travels as %i with its Retry-After', async (code, status, retryAfter) => {
    const { ask } = setup({
      ingest: () => Promise.reject(new AppError(code, 'why', retryAfter === null ? {} : { retryAfterSeconds: 2.4 })),
    });
    const response = await ask('/api/ingest/snapshots', { method: 'POST', body: 'x', headers: NDJSON });
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(retryAfter);
    expect(await response.json()).toEqual({ error: { code, message: 'why' } });
  });

  test('[API16] an unknown error is 500 without its inner workings, and logged once', async () => {
    const { ask, logged } = setup({ desk: () => Promise.reject(new Error('password=hunter2')) });
    const response = await ask('/api/desk');
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).toContain('internal');
    expect(text).not.toContain('hunter2');
    expect(logged).toEqual([
      [expect.objectContaining({ message: 'password=hunter2' }), { method: 'GET', path: '/api/desk' }],
    ]);
    await ask('/api/alerts?limit=0');
    expect(logged).toHaveLength(1);
  });
});

describe('ingest', () => {
  test('[API17] the body goes on unread with its type, encoding and key', async () => {
    const { ask, asked } = setup();
    const headers = { ...NDJSON, 'content-encoding': 'gzip', 'idempotency-key': ' poll-1 ' };
    const response = await ask('/api/ingest/snapshots', { method: 'POST', body: 'four', headers });
    expect(response.status).toBe(200);
    expect(asked).toEqual([
      ['ingest', { contentType: 'application/x-ndjson', contentEncoding: 'gzip', idempotencyKey: 'poll-1' }, 4],
    ]);
    expect((await ask('/api/ingest/snapshots', { method: 'POST', headers: NDJSON })).status).toBe(200);
  });

  test('[API18] a stored answer is the same bytes as the first, whatever order its fields come back in', async () => {
    const rejected = [{ index: 1, code: 'not_json' as const, message: 'm' }];
    const first = { accepted: 1, changed: 1, alerts: 0, rejected, rejectedCount: 1, ...MARK };
    const stored = {
      ...MARK,
      alerts: 0,
      changed: 1,
      accepted: 1,
      rejectedCount: 1,
      rejected: [{ code: 'not_json' as const, index: 1, message: 'm' }],
    };
    const answers = [first, stored];
    const { ask } = setup({ ingest: async () => answers.shift() ?? first });
    const post = async () =>
      (await ask('/api/ingest/snapshots', { method: 'POST', body: 'x', headers: NDJSON })).text();
    expect(await post()).toBe(await post());
  });

  test('[API19] an Idempotency-Key of more than 200 characters is refused', async () => {
    const { ask, asked } = setup();
    const headers = { ...NDJSON, 'idempotency-key': 'x'.repeat(201) };
    const response = await ask('/api/ingest/snapshots', { method: 'POST', body: 'x', headers });
    expect(response.status).toBe(400);
    expect(asked).toEqual([]);
  });
});

test('[API20] every answered request is counted under its route, not under its path', async () => {
  const { ask, requests } = setup();
  for (const path of [
    '/api/alerts',
    '/api/alerts',
    `/api/alerts/${ALERT_ID}`,
    '/api/alerts/9',
    '/api/x',
    '/api/alerts?limit=0',
  ])
    await ask(path);
  expect(requests.map(({ route, status }) => [route, status])).toEqual([
    ['/api/alerts', 200],
    ['/api/alerts', 200],
    ['/api/alerts/:id', 200],
    ['/api/alerts/:id', 404],
    ['unmatched', 404],
    ['/api/alerts', 400],
  ]);
});

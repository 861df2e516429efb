import { expect, test } from 'vitest';
import { LIST, STATS, setup } from './api.fixture.ts';

const countOf = (asked: readonly unknown[][], name: string): number => asked.filter(([first]) => first === name).length;

test.each([
  ['/api/alerts', 'listAlerts', LIST],
  ['/api/alerts?severity=critical&severity=warning', 'listAlerts', LIST],
  ['/api/alerts/stats', 'alertStats', STATS],
])('[API21] %s is read once per watermark, whoever asks, and has a strong ETag', async (path, name, body) => {
  const mark = { epoch: 'epoch-a', seq: 7 };
  const { ask, asked } = setup({ watermark: () => mark });
  const answers = await Promise.all([ask(path), ask(path)]);
  answers.push(await ask(path));
  expect(countOf(asked, name)).toBe(1);
  const [first, ...others] = await Promise.all(answers.map((answer) => answer.text()));
  expect(JSON.parse(first ?? '')).toEqual(body);
  expect(others).toEqual([first, first]);
  for (const answer of answers) {
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.get('etag')).toMatch(/^"[\w-]+"$/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  }
  mark.seq = 8;
  await ask(path);
  expect(countOf(asked, name)).toBe(2);
});

test('[API26] If-None-Match with the standing ETag is 304 without a body, before and after the cache knows the spelling', async () => {
  const { ask } = setup();
  const etag = (await ask('/api/alerts?limit=10')).headers.get('etag') ?? '';
  for (const path of ['/api/alerts?limit=10', '/api/alerts?limit=10&sort=detected']) {
    const answer = await ask(path, { headers: { 'if-none-match': etag } });
    expect(answer.status).toBe(304);
    expect(answer.headers.get('etag')).toBe(etag);
    expect(await answer.text()).toBe('');
  }
  expect((await ask('/api/alerts?limit=10', { headers: { 'if-none-match': '"old"' } })).status).toBe(200);
});

test('[API27] two spellings of one question share one read, two questions do not', async () => {
  const { ask, asked } = setup();
  await ask('/api/alerts?severity=critical,warning');
  await ask('/api/alerts?severity=warning&severity=critical&limit=50');
  expect(countOf(asked, 'listAlerts')).toBe(1);
  await ask('/api/alerts?severity=warning');
  expect(countOf(asked, 'listAlerts')).toBe(2);
});

test('[API28] a cached answer is given to our own host names only', async () => {
  const { ask } = setup();
  await ask('/api/alerts');
  expect((await ask('/api/alerts', { headers: { host: 'evil.example' } })).status).toBe(403);
});

test('[API218] the sparklines of the same alerts are read once per watermark and quarter minute, whoever asks', async () => {
  const mark = { epoch: 'epoch-a', seq: 7 };
  let nowMs = 1_000_000_000_000;
  const { ask, asked } = setup({ watermark: () => mark, now: () => nowMs });
  await ask('/api/alerts/sparklines?ids=3,1,2');
  const again = await ask('/api/alerts/sparklines?ids=1,2,3');
  expect(again.headers.get('etag')).toMatch(/^"[\w-]+"$/);
  expect(countOf(asked, 'sparklines')).toBe(1);
  nowMs += 15_000;
  await ask('/api/alerts/sparklines?ids=1,2,3');
  expect(countOf(asked, 'sparklines')).toBe(2);
  mark.seq = 8;
  await ask('/api/alerts/sparklines?ids=1,2,3');
  expect(countOf(asked, 'sparklines')).toBe(3);
  for (const ids of ['', 'x', '1,,2', '0', Array.from({ length: 101 }, (_unused, index) => index + 1).join(',')]) {
    expect((await ask(`/api/alerts/sparklines?ids=${ids}`)).status).toBe(400);
  }
});

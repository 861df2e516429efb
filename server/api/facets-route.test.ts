import { expect, test } from 'vitest';
import { FACETS, setup } from './api.fixture.ts';

test('[API200] facets are read once per filter and watermark, whatever its spelling, and carry an ETag', async () => {
  const { ask, asked } = setup();
  const first = await ask('/api/alerts/facets?severity=critical,elevated&status=new');
  expect(await first.json()).toEqual(FACETS);
  const again = await ask('/api/alerts/facets?status=new&severity=elevated&severity=critical', {
    headers: { 'if-none-match': first.headers.get('etag') ?? '' },
  });
  expect(again.status).toBe(304);
  expect(asked).toEqual([['alertFacets', { status: ['new'], severity: ['critical', 'elevated'] }]]);
});

test('[API201] what a window of minutes leaves is read anew as the clock goes on', async () => {
  let nowMs = 0;
  const { ask, asked } = setup({ now: () => nowMs });
  const paths = ['/api/alerts/facets?kickoffWithin=120', '/api/alerts?detectedWithin=15'];
  const askAll = async () => {
    for (const path of paths) await ask(path);
  };
  await askAll();
  await askAll();
  expect(asked).toHaveLength(2);
  nowMs += 15_000;
  await askAll();
  expect(asked.map(([what]) => what)).toEqual(['alertFacets', 'listAlerts', 'alertFacets', 'listAlerts']);
});

test.each([
  ['kickoffWithin=0', 'kickoffWithin'],
  ['detectedWithin=soon', 'detectedWithin'],
  ['kickoffFrom=2026-03-01T12:00:00Z&kickoffTo=2026-03-01T11:00:00Z', 'kickoffTo'],
  ['sort=severity', 'sort'],
])('[API202] %s is refused, with the parameter named', async (query, parameter) => {
  const { ask, asked } = setup();
  const response = await ask(`/api/alerts/facets?${query}`);
  expect(response.status).toBe(400);
  expect(JSON.stringify(await response.json())).toContain(parameter);
  expect(asked).toEqual([]);
});

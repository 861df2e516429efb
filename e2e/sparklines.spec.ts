import { expect } from 'playwright/test';
import { test } from './fixtures.ts';
import { openingPrices, ownSteamMove, raiseAlerts } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MATCHES = [
  { home: 'Harbour Town', away: 'Mill United' },
  { home: 'Old Ferry', away: 'North End' },
] as const;

test('[UI174] every row shows the last two hours of its price, all rows ask once, and no row moves for it', async ({
  desk,
  page,
}) => {
  for (const match of MATCHES) {
    await raiseAlerts(desk, match);
  }
  const risk = riskPage(page);
  const asked: string[] = [];
  const gate = Promise.withResolvers<void>();
  await page.route(/\/api\/alerts\/sparklines/, async (route) => {
    asked.push(new URL(route.request().url()).searchParams.get('ids') ?? '');
    await gate.promise;
    await route.continue();
  });

  await risk.open();
  await expect.poll(() => asked.length).toBe(1);
  expect(asked[0]?.split(',')).toHaveLength(MATCHES.length);
  const places = () => Promise.all(MATCHES.map((match) => risk.group(match).boundingBox()));
  const before = await places();
  gate.resolve();

  for (const match of MATCHES) {
    // Hidden from who does not see it: the row says the move in words.
    const line = { name: 'The price over the last two hours', includeHidden: true } as const;
    await expect(risk.group(match).getByRole('img', line)).toHaveCount(1);
  }
  expect(await places()).toEqual(before);
});

test('[UI291] after one announcement each read is asked for once, and no sparkline but the new one', async ({
  desk,
  page,
}) => {
  const [first, second] = MATCHES;
  const risk = riskPage(page);
  await desk.ingest(openingPrices(first, Date.now()));
  await desk.ingest(openingPrices(second, Date.now()));
  await desk.ingest(ownSteamMove(first, Date.now()));
  await risk.open();
  await expect(risk.group(first).locator('path[d*="V"]')).toHaveCount(1);
  const idOf = async (): Promise<string> => {
    const { alerts } = await (await page.request.get('/api/alerts?status=new&limit=1')).json();
    return String(alerts[0].id);
  };
  const asked: URL[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname.startsWith('/api/')) asked.push(url);
  });

  await desk.ingest(ownSteamMove(second, Date.now()));
  await expect(risk.group(second).locator('path[d*="V"]')).toHaveCount(1);
  await expect.poll(() => asked.some(({ pathname }) => pathname === '/api/alerts/changes')).toBe(true);

  const lines = asked.filter(({ pathname }) => pathname === '/api/alerts/sparklines');
  expect(lines.map(({ searchParams }) => searchParams.get('ids'))).toEqual([await idOf()]);
  // The desk's own is also read now and then, by the clock.
  const addresses = asked.map(({ pathname, search }) => pathname + search).filter((each) => each !== '/api/desk');
  expect(new Set(addresses).size).toBe(addresses.length);
});

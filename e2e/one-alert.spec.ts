import { expect, test } from './fixtures.ts';
import { polls } from './price-story.ts';
import { threeWayQuote } from './quote.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };
const BOOKS = ['draftkings', 'pinnacle', 'betmgm'];
const STOOD = [2.2, 3.4, 3.3] as const;
const FELL = [1.95, 3.5, 3.8] as const;

test('[UI370] an alert about a competitor becomes one about our own price in its place, and says whom we followed', async ({
  desk,
  page,
}) => {
  const risk = riskPage(page);
  const nowMs = Date.now();
  const say = (bookmaker: string, minutesAgo: number, prices: readonly [number, number, number]) =>
    desk.ingest(polls(MATCH, bookmaker, nowMs, [{ minutesAgo, prices }]));
  for (const bookmaker of BOOKS) await say(bookmaker, 20, STOOD);
  await say('pinnacle', 10, FELL);
  // A competitor's lone jump waits for its next poll.
  await say('pinnacle', 9, FELL);
  const { alerts } = await (await page.request.get('/api/alerts')).json();
  expect(alerts).toMatchObject([{ bookmaker: 'pinnacle', outcome: '1', status: 'new' }]);

  await page.goto(`/risk-monitoring?eventId=${alerts[0].eventId}&alert=${alerts[0].id}`);
  await risk.becomesLive();
  await risk.showsNewAlerts(1);
  const why = page.getByRole('complementary', { name: 'Why it fired' }).getByRole('region', { name: 'Why' });
  await expect(why).toContainText(/^Why: pinnacle shortened 11\.4% on 1X2 · Home/);

  await say('draftkings', 2, [1.98, 3.5, 3.75]);
  await expect(why).toContainText(/^Why: draftkings shortened 10\.0% on 1X2 · Home/);
  await expect(why).toContainText(
    /It followed 1X2 · Home at pinnacle, from 2\.20 to 1\.95 \(−11\.4%\), and is as bad as that\./,
  );
  await risk.showsNewAlerts(1);
  const after = await (await page.request.get('/api/alerts')).json();
  expect(after.alerts).toMatchObject([{ id: alerts[0].id, bookmaker: 'draftkings', newOdds: 1.98 }]);
});

test('[UI371] a match that a book shuts is one alert that names its markets', async ({ desk, page }) => {
  const risk = riskPage(page);
  const nowMs = Date.now();
  const say = (bookmaker: string, minutesAgo: number, suspended: boolean) => {
    const atMs = nowMs - minutesAgo * 60_000;
    const quote = threeWayQuote({
      ...MATCH,
      event: 'shut',
      bookmaker,
      prices: STOOD,
      suspended,
      atMs,
      kickoffMs: nowMs + 90 * 60_000,
    });
    const total = [
      { name: 'over', odds: 1.9 },
      { name: 'under', odds: 1.9 },
    ];
    return desk.ingest([quote, { ...quote, market: 'over_under', line: 2.5, outcomes: total }]);
  };
  for (const bookmaker of BOOKS) await say(bookmaker, 20, false);
  await risk.open();
  await say('pinnacle', 5, true);
  await risk.showsNewAlerts(1);

  const { alerts } = await (await page.request.get('/api/alerts')).json();
  await page.goto(`/risk-monitoring?eventId=${alerts[0].eventId}&alert=${alerts[0].id}`);
  const why = page.getByRole('complementary', { name: 'Why it fired' }).getByRole('region', { name: 'Why' });
  await expect(why).toContainText('pinnacle suspended 1X2, with it Over/Under 2.5; 1 of 2 competitors are shut.');
});

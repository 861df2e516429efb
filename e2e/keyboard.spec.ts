// Every page by the keyboard alone, with a focus that can be seen.
import { type Locator, type Page, expect } from 'playwright/test';
import type { DeskServer } from './desk-server.ts';
import { test } from './fixtures.ts';
import { type Story, moves, openings } from './many-moves.ts';
import { priceStory, storyAlert } from './price-story.ts';
import { riskPage } from './risk-page.ts';
import { settingsPage } from './settings-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };
/** More stops than a page of these tests has. */
const MAX_STOPS = 400;

async function told(desk: DeskServer, page: Page) {
  await desk.ingest(priceStory(MATCH, Date.now()));
  return storyAlert(page);
}

type Stop = { readonly name: string; readonly fault: string };

/** What has the focus, and what is wrong with how it is seen; null where the focus has left the page. */
const stop = (page: Page): Promise<Stop | null> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return null;
    const takes = element.closest('label') ?? element;
    const { left, top, width, height } = takes.getBoundingClientRect();
    const isOutlined = [element, takes].some((each) => {
      const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(each);
      const accent = getComputedStyle(document.documentElement).getPropertyValue('--accent');
      const probe = document.createElement('i');
      probe.style.color = accent;
      document.body.append(probe);
      const accentColour = getComputedStyle(probe).color;
      probe.remove();
      return (
        (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) ||
        boxShadow !== 'none' ||
        borderColor === accentColour
      );
    });
    const [x, y] = [left + width / 2, top + height / 2];
    const isInSight = width > 0 && height > 0 && x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight;
    const on = document.elementFromPoint(
      Math.min(Math.max(x, 0), innerWidth - 1),
      Math.min(Math.max(y, 0), innerHeight - 1),
    );
    const isOnTop = on !== null && (takes.contains(on) || on.contains(takes));
    const faults = [
      isOutlined ? '' : 'no visible focus',
      isInSight ? '' : 'out of sight',
      isOnTop ? '' : `under ${on?.tagName.toLowerCase()}`,
    ];
    const name = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40);
    return { name: `${element.tagName.toLowerCase()} ${name}`, fault: faults.filter((each) => each !== '').join(', ') };
  });

test('[UI403] each stop of the Tab key is seen, on every page', async ({ desk, page, pageErrors }) => {
  pageErrors.allow([/status of 404/]);
  const { id, eventId } = await told(desk, page);
  for (const address of [
    '/risk-monitoring',
    `/risk-monitoring?eventId=${eventId}&alert=${id}`,
    '/events',
    `/events/${eventId}?alert=${id}`,
    '/settings',
    '/settings?view=try',
    '/nowhere',
  ]) {
    await page.goto(address);
    await expect(
      page.getByRole('heading', { level: 1 }).or(page.getByText('Nothing at this address')).first(),
    ).toBeVisible();
    await page.waitForLoadState('networkidle');
    const stops: Stop[] = [];
    for (let count = 0; count < MAX_STOPS; count += 1) {
      await page.keyboard.press('Tab');
      const next = await stop(page);
      if (next === null) break;
      stops.push(next);
    }
    expect(stops.length, address).toBeGreaterThan(5);
    expect(stops.length, address).toBeLessThan(MAX_STOPS);
    expect(
      stops.filter(({ fault }) => fault !== ''),
      address,
    ).toEqual([]);
  }
});

/** Presses Tab until what is named has the focus. */
async function tabTo(page: Page, which: ((name: string) => boolean) | Locator): Promise<void> {
  const hasFocus = async (): Promise<boolean> => {
    if (typeof which !== 'function') return which.evaluate((element) => element === document.activeElement);
    const at = await stop(page);
    return at !== null && which(at.name);
  };
  for (let count = 0; count < MAX_STOPS; count += 1) {
    await page.keyboard.press('Tab');
    if (await hasFocus()) return;
  }
  throw new Error('expected the Tab key to reach it');
}

test('[UI405] the odds board by keyboard: market, filter, search, the mark of an alert, the match', async ({
  desk,
  page,
}) => {
  const { eventId } = await told(desk, page);
  await page.goto('/events');
  const main = page.getByRole('main');
  const match = main.getByRole('rowgroup', { name: 'Harbour Town v Mill United' });
  await expect(match).toBeVisible();
  await riskPage(page).becomesLive();

  await page.keyboard.press('/');
  await expect(main.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('nobody');
  await expect(page).toHaveURL(/q=nobody/);
  await expect(match).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await expect(match).toBeVisible();

  await page.keyboard.press('Tab');
  await expect(main.getByRole('radio', { name: 'Winner' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/market=handicap/);
  await page.keyboard.press('ArrowLeft');
  await expect(page).not.toHaveURL(/market=handicap/);

  await page.keyboard.press('Tab');
  await expect(main.getByRole('button', { name: 'League' })).toBeFocused();
  await page.keyboard.press('Enter');
  const league = page.getByRole('menuitemcheckbox', { name: /^Coastal League/ });
  await expect(league).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(league).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/league=Coastal/);
  await page.keyboard.press('Escape');
  await expect(main.getByRole('button', { name: /^League/ })).toBeFocused();

  await tabTo(page, (name) => name.startsWith('a critical alert at draftkings'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/risk-monitoring\?.*alert=\d+/);
  await page.goBack();
  await expect(page).toHaveURL(/league=Coastal/);
  await tabTo(page, match.getByRole('rowheader').getByRole('link').first());
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/events/${eventId}`));
});

test('[UI405] an event by keyboard: outcome, scale, zoom, a marker of the chart, an alert of the list', async ({
  desk,
  page,
}) => {
  const { eventId, id } = await told(desk, page);
  await page.goto(`/events/${eventId}?market=1x2&outcome=X`);
  const history = page.getByRole('region', { name: 'Price history' });
  await expect(history.getByRole('img', { name: /^Odds of 1X2 · Draw/ })).toBeVisible();

  await tabTo(page, (name) => name === 'input ');
  await expect(history.getByRole('radio', { name: 'Draw' })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(page).toHaveURL(/outcome=1/);
  await expect(history.getByRole('img', { name: /^Odds of 1X2 · Home/ })).toBeVisible();

  await tabTo(page, (name) => name.startsWith('div Price history'));
  await page.keyboard.press('+');
  await expect(page).toHaveURL(/from=.*to=/);
  await page.keyboard.press('0');
  await expect(page).not.toHaveURL(/from=/);

  await tabTo(page, (name) => name.startsWith('button Critical alert, Price change at draftkings'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`alert=${id}`));
  await expect(page.getByRole('region', { name: 'Chosen alert' })).toBeVisible();
  await tabTo(page, (name) => name === 'button Let go of this alert');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Chosen alert' })).toHaveCount(0);
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await expect(page).toHaveURL(/\/events$/);
});

test('[UI405] the settings by keyboard: a threshold is changed, saved, and tried on history', async ({
  desk,
  page,
}) => {
  await told(desk, page);
  const settings = settingsPage(page);
  await settings.open();
  await tabTo(page, settings.setting('Price move').getByRole('textbox', { name: 'Warning' }));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('8');
  await expect(settings.unsaved).toHaveText(/1 unsaved change|1 change/);
  await tabTo(page, settings.save);
  await page.keyboard.press('Enter');
  await expect(settings.unsaved).toHaveText('Everything is saved');
  await page.getByRole('tab', { name: 'Settings' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/view=try/);
});

const story = (home: string, league: string): Story => ({
  home,
  away: 'Visitors',
  league,
  country: 'Testland',
  kickoffInMinutes: 180,
  bookmaker: 'draftkings',
  market: '1x2',
  newOdds: 1.76,
});

test('[UI401] all that matches is acknowledged after one question, with one request and one note, and taken back', async ({
  desk,
  page,
  openPage,
}) => {
  const stories = [story('Ashford', 'Coast'), story('Bramble', 'Coast'), story('Corley', 'Hills')];
  await desk.ingest(openings(stories, Date.now()));
  await desk.ingest(moves(stories, Date.now()));
  const other = await openPage();
  const [mine, theirs] = [riskPage(page), riskPage(other)];
  await page.goto('/risk-monitoring?league=Coast');
  await theirs.open();
  await Promise.all([mine.becomesLive(), theirs.becomesLive()]);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });

  await tabTo(page, (name) => name === 'button Acknowledge all');
  await page.keyboard.press('Enter');
  const question = page.getByRole('alertdialog', { name: 'Acknowledge 2 alerts?' });
  await expect(question).toContainText('that fit the filters in force');
  await page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Acknowledge all' })).toBeFocused();
  expect(sent).toEqual([]);

  await page.keyboard.press('Enter');
  await question.getByRole('textbox').focus();
  await page.keyboard.type('Cup night');
  await tabTo(page, (name) => name === 'button Acknowledge 2');
  await page.keyboard.press('Enter');

  await theirs.showsNewAlerts(1);
  await expect(theirs.group({ home: 'Corley', away: 'Visitors' })).toBeVisible();
  expect(sent).toEqual(['POST /api/alerts/acknowledge']);
  const stored = await (await page.request.get('/api/alerts?status=acknowledged')).json();
  expect(stored.alerts.map(({ note }: { note: string }) => note)).toEqual(['Cup night', 'Cup night']);

  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await theirs.showsNewAlerts(3);
  expect(sent).toHaveLength(2);
});

import { expect, test } from './fixtures.ts';
import { type Story, moves, openings } from './many-moves.ts';
import { riskPage } from './risk-page.ts';

const story = (home: string, newOdds = 1.76): Story => ({
  home,
  away: 'Visitors',
  league: 'Coastal League',
  country: 'Testland',
  kickoffInMinutes: 180,
  bookmaker: 'draftkings',
  market: '1x2',
  newOdds,
});
const STORIES = ['Ashford', 'Bramble', 'Corley', 'Denham'].map((home) => story(home));
const [ASHFORD, BRAMBLE, CORLEY, DENHAM] = STORIES as [Story, Story, Story, Story];

test('[UI136] a range is acknowledged with one request and one note, both traders see it, and undo gives all back', async ({
  desk,
  page,
  openPage,
}) => {
  await desk.ingest(openings(STORIES, Date.now()));
  await desk.ingest(moves(STORIES, Date.now()));
  const other = await openPage();
  const [mine, theirs] = [riskPage(page), riskPage(other)];
  await Promise.all([mine.open(), theirs.open()]);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  const rows = page.getByRole('list', { name: 'Events with new alerts' }).getByRole('listitem');

  await rows.nth(0).hover();
  await rows.nth(0).getByRole('checkbox').click();
  await rows
    .nth(2)
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] });
  const bar = page.getByRole('form', { name: '3 selected' });
  await expect(bar.getByRole('button', { name: 'Mute' })).toBeEnabled();
  await bar.getByRole('textbox', { name: 'Note for the desk (optional)' }).fill('Cup night');
  await bar.getByRole('button', { name: 'Acknowledge' }).click();

  await mine.showsNewAlerts(1);
  await theirs.showsNewAlerts(1);
  await expect(bar).toHaveCount(0);
  expect(sent).toEqual(['POST /api/alerts/acknowledge']);
  const stored = await (await page.request.get('/api/alerts?status=acknowledged')).json();
  expect(stored.alerts.map((alert: { note: string }) => alert.note)).toEqual(['Cup night', 'Cup night', 'Cup night']);

  await page.getByRole('button', { name: 'Undo' }).click();
  await mine.showsNewAlerts(4);
  await theirs.showsNewAlerts(4);
  await expect(theirs.group(ASHFORD)).toBeVisible();
  expect(sent).toHaveLength(2);
});

test('[UI137] by the keyboard alone: move, open, select, acknowledge, search, help, and back', async ({
  desk,
  page,
}) => {
  await desk.ingest(openings(STORIES, Date.now()));
  await desk.ingest(moves(STORIES, Date.now()));
  const risk = riskPage(page);
  await risk.open();
  const rows = page.getByRole('list', { name: 'Events with new alerts' }).getByRole('listitem');
  const names = await rows.evaluateAll((items) => items.map((item) => item.getAttribute('aria-label')));
  const focused = page.locator(':focus-visible');

  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(rows.nth(1).getByRole('button', { expanded: false })).toBeFocused();
  await expect(focused).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(rows.nth(1).getByRole('button', { expanded: true })).toBeFocused();
  await expect(page.getByRole('complementary', { name: 'Why it fired' })).toContainText('Visitors');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { expanded: true })).toHaveCount(0);

  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+X');
  await expect(page.getByRole('form', { name: '2 selected' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('form', { name: '2 selected' })).toHaveCount(0);

  await page.keyboard.press('a');
  await risk.showsNewAlerts(3);
  await expect(rows.nth(2)).toHaveAccessibleName(names[3] ?? '');
  await expect(rows.nth(2).getByRole('button', { expanded: false })).toBeFocused();

  await page.keyboard.press('m');
  await expect(page.getByRole('dialog', { name: 'Mute' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(rows.nth(2).getByRole('button', { expanded: false })).toBeFocused();

  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('jxa');
  await expect(page.getByRole('searchbox')).toHaveValue('jxa');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('searchbox')).not.toBeFocused();

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Acknowledge the selection');
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await expect(page).toHaveURL(/\/events$/);
});

test('[UI138] an acknowledged alert that got worse comes back, marked so', async ({ desk, page }) => {
  const mild = story('Ashford', 2.04);
  await desk.ingest(openings([mild, BRAMBLE], Date.now() - 120_000));
  await desk.ingest(moves([mild], Date.now() - 60_000));
  const risk = riskPage(page);
  await risk.open();
  await risk.group(mild).hover();
  await risk.acknowledgeAll(mild).click();
  await risk.showsNewAlerts(0);

  await desk.ingest(moves([story('Ashford', 1.84)], Date.now()));

  await expect(risk.group(mild)).toContainText('worse since acknowledged');
  await expect(risk.group(mild)).toHaveAccessibleName(/worst critical/);
});

test('[UI139] a screen reader is told of new critical alerts in one polite region', async ({ desk, page }) => {
  await desk.ingest(openings(STORIES, Date.now()));
  const risk = riskPage(page);
  await risk.open();
  const spoken = page.getByRole('status', { name: 'New critical alerts', exact: true });
  await expect(spoken).toHaveAttribute('aria-live', 'polite');

  await desk.ingest(moves([DENHAM], Date.now()));
  await expect(spoken).toHaveText(/^New critical alert: Denham v Visitors, 1X2 · Home 2.20 → 1.76/);
  await desk.ingest(moves([CORLEY, BRAMBLE], Date.now()));
  await expect(spoken).toHaveText(/^2 new critical alerts in 2 events: (Corley|Bramble) v Visitors, /);
});

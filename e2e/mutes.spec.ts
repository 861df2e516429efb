import type { Page } from 'playwright/test';
import type { Mute } from '../contracts/mute.ts';
import { expect, test } from './fixtures.ts';
import { type Story, moves, openings } from './many-moves.ts';
import { riskPage } from './risk-page.ts';

const PLAIN = { country: 'Testland', bookmaker: 'draftkings', market: '1x2', newOdds: 1.76 } as const;
const COAST: Story = {
  ...PLAIN,
  home: 'Harbour Town',
  away: 'Mill United',
  league: 'Coastal League',
  kickoffInMinutes: 180,
};
const HILLS: Story = { ...PLAIN, home: 'Hillside', away: 'Moor Rovers', league: 'Hill Cup', kickoffInMinutes: 300 };

const mutedCount = (page: Page) => page.getByRole('button', { name: /^\d+ muted$/ });

test('[UI110] an event is muted from its row until kickoff: it leaves New in both browsers, stands under Muted, and is unmuted from the list', async ({
  desk,
  page,
  openPage,
}) => {
  await desk.ingest(openings([COAST, HILLS], Date.now()));
  await desk.ingest(moves([COAST, HILLS], Date.now()));
  const other = await openPage();
  const [mine, theirs] = [riskPage(page), riskPage(other)];
  await Promise.all([mine.open(), theirs.open()]);
  await theirs.showsNewAlerts(2);

  await mine.group(COAST).hover();
  await page.getByRole('button', { name: 'Mute Harbour Town v Mill United…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Mute' });
  await expect(dialog.getByRole('radio', { name: 'Event', exact: true })).toBeChecked();
  await expect(dialog.getByRole('radio', { name: 'Until kickoff' })).toBeChecked();
  await dialog.getByRole('textbox', { name: 'Reason (optional)' }).fill('Priced by hand');
  await dialog.getByRole('button', { name: 'Mute' }).click();
  await expect(dialog).toBeHidden();

  await Promise.all([mine.showsNewAlerts(1), theirs.showsNewAlerts(1)]);
  await expect(theirs.group(COAST)).toHaveCount(0);
  await mutedCount(other).click();
  const list = other.getByRole('dialog', { name: 'Muted' });
  const item = list.getByRole('listitem', { name: 'Harbour Town v Mill United' });
  await expect(item).toContainText('until kickoff');
  // Less by as many minutes as the machine took.
  await expect(item).toContainText(/2 h 5\d m left|3 h 0 m left/);
  await expect(item).toContainText('Priced by hand');
  await expect(list).toContainText('1 alert is kept quiet');

  // Also from a link to it that was followed too late.
  const { alerts } = await (await page.request.get('/api/alerts?muted=true')).json();
  await other.goto(`/risk-monitoring?alert=${alerts[0].id}`);
  const why = other.getByRole('complementary', { name: 'Why it fired' });
  // The pane is in the first HTML; it hears clicks from when its chart is drawn.
  await expect(why.getByRole('img', { name: /^Odds of/ })).toBeVisible();
  await why.getByRole('button', { name: 'Show muted' }).click();
  await expect(other).toHaveURL(/muted=true/);
  await expect(theirs.group(COAST)).toContainText('muted');
  await expect(theirs.group(HILLS)).toHaveCount(0);

  await mutedCount(other).click();
  await list.getByRole('button', { name: 'Unmute Harbour Town v Mill United' }).click();
  await expect(list.getByText('Nothing is muted')).toBeVisible();
  await other.keyboard.press('Escape');
  await Promise.all([mine.showsNewAlerts(2), expect(mutedCount(page)).toBeHidden()]);
  await expect(mine.group(COAST)).toBeVisible();
});

test('[UI111] from why an alert fired each scope is muted for an hour, by keyboard alone, and taken back', async ({
  desk,
  page,
}) => {
  await desk.ingest(openings([COAST, HILLS], Date.now()));
  await desk.ingest(moves([COAST, HILLS], Date.now()));
  const risk = riskPage(page);
  await risk.open();
  await risk.group(COAST).getByRole('button', { expanded: false }).click();
  const mute = page.getByRole('complementary', { name: 'Why it fired' }).getByRole('button', { name: 'Mute…' });
  const dialog = page.getByRole('dialog', { name: 'Mute' });

  for (const { what, words, quiet } of [
    { what: 'League', words: 'Coastal League', quiet: [COAST] },
    { what: 'Bookmaker', words: 'draftkings', quiet: [COAST, HILLS] },
    { what: 'Market everywhere', words: '1X2 everywhere', quiet: [COAST, HILLS] },
    { what: 'Market of this event', words: '1X2 of Harbour Town v Mill United', quiet: [COAST] },
  ]) {
    await mute.focus();
    await page.keyboard.press('Enter');
    await dialog.getByRole('radio', { name: what, exact: true }).focus();
    await page.keyboard.press('Space');
    await dialog.getByRole('radio', { name: 'For 1 hour' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');

    await expect(dialog).toBeHidden();
    await risk.showsNewAlerts(2 - quiet.length);
    await expect(mutedCount(page)).toHaveAccessibleName('1 muted');
    // Of this mute: the toast of the one before may not be gone yet.
    await page
      .getByRole('listitem')
      .filter({ hasText: `Muted ${words}` })
      .getByRole('button', { name: 'Undo' })
      .click();
    await risk.showsNewAlerts(2);
    await expect(mutedCount(page)).toBeHidden();
  }
});

test('[UI112] a mute needs an end that is ahead, and only one of an event can end with its kickoff', async ({
  desk,
  page,
}) => {
  await desk.ingest(openings([COAST], Date.now()));
  await desk.ingest(moves([COAST], Date.now()));
  const risk = riskPage(page);
  await risk.open();
  await risk.group(COAST).hover();
  await page.getByRole('button', { name: 'Mute Harbour Town v Mill United…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Mute' });

  await dialog.getByRole('radio', { name: 'League', exact: true }).check();
  await expect(dialog.getByRole('radio', { name: 'Until kickoff' })).toHaveCount(0);
  await dialog.getByRole('radio', { name: 'Until a time' }).check();
  await dialog.getByLabel('Until when, in your time zone').fill('2020-01-01T12:00');
  await dialog.getByRole('button', { name: 'Mute' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Choose a time that is still to come.');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await risk.showsNewAlerts(1);
});

test('[UI265] a selection of several events is muted in one dialog, a mute for each, and Undo lifts them all', async ({
  desk,
  page,
}) => {
  const shore: Story = { ...COAST, home: 'Shoreham', away: 'Quay FC' };
  await desk.ingest(openings([COAST, HILLS, shore], Date.now()));
  await desk.ingest(moves([COAST, HILLS, shore], Date.now()));
  const risk = riskPage(page);
  await risk.open();
  for (const match of [COAST, HILLS]) {
    await risk.group(match).hover();
    await risk.group(match).getByRole('checkbox').click();
  }
  await page.getByRole('form', { name: '2 selected' }).getByRole('button', { name: 'Mute' }).click();
  const dialog = page.getByRole('dialog', { name: 'Mute 2 events' });
  await expect(dialog.getByRole('list', { name: 'Events to mute' }).getByRole('listitem')).toHaveCount(2);
  await dialog.getByRole('textbox', { name: 'Reason (optional)' }).fill('Cup night');
  await dialog.getByRole('button', { name: 'Mute', exact: true }).click();
  await expect(dialog).toBeHidden();

  await risk.showsNewAlerts(1);
  const { mutes } = await (await page.request.get('/api/mutes')).json();
  expect(mutes.map(({ event, until, reason }: Mute) => [event?.home, until, reason]).toSorted()).toEqual([
    ['Harbour Town', 'kickoff', 'Cup night'],
    ['Hillside', 'kickoff', 'Cup night'],
  ]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await risk.showsNewAlerts(3);
});

import type { Page } from 'playwright/test';
import type { DeskServer } from './desk-server.ts';
import { expect, type OpenPage, test } from './fixtures.ts';
import { type Story, moves, openings } from './many-moves.ts';
import { raiseAlerts } from './moves.ts';
import { riskPage } from './risk-page.ts';
import { BADGE, answeredAt, seenAt } from './seen-at.ts';
import { settingsPage } from './settings-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };
/** From the answer that one browser gets to the other one's screen. */
const MOST_MS = 1_000;

async function twoTraders(desk: DeskServer, page: Page, openPage: OpenPage) {
  await raiseAlerts(desk, MATCH);
  const otherPage = await openPage();
  const [mine, theirs] = [riskPage(page), riskPage(otherPage)];
  await Promise.all([mine.open(), theirs.open()]);
  await Promise.all([mine.showsNewAlerts(1), theirs.showsNewAlerts(1)]);
  return { mine, theirs, otherPage };
}

type Step = { readonly by: Page; readonly seenBy: Page; readonly badge: string; readonly what: string };

/** Does something in one browser, and says after its answer how long the other one took to show it. */
async function expectSeen({ by, seenBy, badge, what }: Step, act: () => Promise<void>): Promise<void> {
  const seen = seenAt(seenBy, BADGE, badge);
  const answered = answeredAt(by);
  await act();
  const tookMs = Math.round((await seen) - (await answered));
  test.info().annotations.push({ type: what, description: `${tookMs} ms` });
  expect(tookMs, `${what}, in ms`).toBeLessThanOrEqual(MOST_MS);
}

test('[UI93] what one trader acknowledges, the other sees acknowledged', async ({ desk, page, openPage }) => {
  const { mine, theirs } = await twoTraders(desk, page, openPage);

  await mine.group(MATCH).hover();
  await mine.acknowledgeAll(MATCH).click();

  await mine.showsNewAlerts(0);
  await theirs.showsNewAlerts(0);
  await expect(theirs.group(MATCH)).toHaveCount(0);
  await theirs.tab('Acknowledged').click();
  await expect(theirs.group(MATCH)).toBeVisible();
  await expect(theirs.tab('Acknowledged')).toHaveAccessibleName(/^Acknowledged ?1$/);
});

test('[UI349] a link to what another trader has acknowledged meanwhile leads on to its row', async ({
  desk,
  page,
  openPage,
}) => {
  const { mine, otherPage } = await twoTraders(desk, page, openPage);
  const { alerts } = await (await page.request.get('/api/alerts?status=new')).json();
  await mine.group(MATCH).hover();
  await mine.acknowledgeAll(MATCH).click();
  await mine.showsNewAlerts(0);

  await otherPage.goto(`/risk-monitoring?severity=warning&alert=${alerts[0].id}`);
  const pane = otherPage.getByRole('complementary', { name: 'Why it fired' });
  // The pane is in the first HTML; it hears clicks from when its chart is drawn.
  await expect(pane.getByRole('img', { name: /^Odds of/ })).toBeVisible();
  await pane.getByRole('button', { name: 'Show in Acknowledged' }).click();
  const theirs = riskPage(otherPage);
  await expect(theirs.group(MATCH).getByRole('button', { expanded: true })).toBeVisible();
  await expect(theirs.group(MATCH).getByRole('listitem')).toContainText('draftkings');
  await expect(pane.getByRole('button', { name: /^Show in/ })).toHaveCount(0);
});

test('[UI311] acknowledge, undo, mute and unmute are seen by the other trader within a second', async ({
  desk,
  page,
  openPage,
}) => {
  const { mine, otherPage } = await twoTraders(desk, page, openPage);
  const step = { by: page, seenBy: otherPage };

  await mine.group(MATCH).hover();
  await expectSeen({ ...step, badge: 'no new alerts', what: 'acknowledge' }, () => mine.acknowledgeAll(MATCH).click());
  await expectSeen({ ...step, badge: '1 new alert', what: 'undo' }, () =>
    page.getByRole('button', { name: 'Undo' }).click(),
  );
  await mine.group(MATCH).hover();
  await page.getByRole('button', { name: 'Mute Harbour Town v Mill United…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Mute' });
  await expectSeen({ ...step, badge: 'no new alerts', what: 'mute' }, () =>
    dialog.getByRole('button', { name: 'Mute' }).click(),
  );
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: '1 muted' }).click();
  await expectSeen({ ...step, badge: '1 new alert', what: 'unmute' }, () =>
    page.getByRole('button', { name: 'Unmute Harbour Town v Mill United' }).click(),
  );
});

test('[UI311] settings are seen by the other trader within a second', async ({ page, openPage }) => {
  const otherPage = await openPage();
  const [mine, theirs] = [settingsPage(page), settingsPage(otherPage)];
  await Promise.all([mine.open(), theirs.open()]);
  const field = await theirs.number('Settled after').elementHandle();
  await field?.evaluate((element) => element.setAttribute('data-watched', ''));
  await mine.number('Settled after').fill('45');
  const seen = seenAt(otherPage, { selector: '[data-watched]', attribute: 'value' }, '45');
  const answered = answeredAt(page);
  await mine.save.click();
  expect(Math.round((await seen) - (await answered)), 'settings, in ms').toBeLessThanOrEqual(MOST_MS);
});

test('[UI311] a kickoff is seen by both traders within a second', async ({ desk, page, openPage }) => {
  const aheadMs = 3_000;
  const story: Story = {
    ...MATCH,
    league: 'Coastal League',
    country: 'Testland',
    kickoffInMinutes: 180,
    bookmaker: 'draftkings',
    market: '1x2',
    newOdds: 1.76,
  };
  await desk.ingest(openings([story], Date.now()));
  await desk.ingest(moves([story], Date.now()));
  const otherPage = await openPage();
  const pages = [page, otherPage];
  await Promise.all(pages.map((each) => riskPage(each).open()));
  await Promise.all(pages.map((each) => riskPage(each).showsNewAlerts(1)));

  // Brought forward once both look: however long it took to open them, the kickoff is still ahead.
  const nowMs = Date.now();
  const seeing = Promise.all(pages.map((each) => seenAt(each, BADGE, 'no new alerts')));
  await desk.ingest(moves([{ ...story, kickoffInMinutes: aheadMs / 60_000 }], nowMs));
  const seen = await seeing;
  for (const atMs of seen) {
    const tookMs = Math.round(atMs - nowMs - aheadMs);
    expect(tookMs, 'not before kickoff').toBeGreaterThanOrEqual(0);
    expect(tookMs, 'kickoff, in ms').toBeLessThanOrEqual(MOST_MS);
  }
});

import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { canBeHidden } from './hidden-page.ts';
import { openingPrices, ownSteamMove } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };
const OTHER_MATCH = { home: 'Lantern City', away: 'Old Quay' };

async function openPreferences(page: Page) {
  await page.getByRole('button', { name: 'Preferences' }).click();
  return page.getByRole('dialog', { name: 'Preferences' });
}

/** Keeps what the page shows and sounds, by the browser's own doing, and how often it asked for permission. */
async function listenIn(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const heard: { shown: Notification[]; tones: number[]; asked: number } = { shown: [], tones: [], asked: 0 };
    const Real = globalThis.Notification;
    globalThis.Notification = class extends Real {
      static override requestPermission(): Promise<NotificationPermission> {
        heard.asked += 1;
        return Real.requestPermission();
      }
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        heard.shown.push(this);
      }
    };
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function started(this: OscillatorNode, when?: number) {
      heard.tones.push(this.frequency.value);
      start.call(this, when);
    };
    Object.assign(globalThis, { heard });
  });
}

type Heard = { readonly shown: readonly { title: string; body: string; tag: string }[]; tones: number; asked: number };

const heardOn = (page: Page): Promise<Heard> =>
  page.evaluate(() => {
    const { shown, tones, asked } = Reflect.get(globalThis, 'heard');
    return {
      shown: shown.map(({ title, body, tag }: Notification) => ({ title, body, tag })),
      tones: tones.length,
      asked,
    };
  });

const clickNotification = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { shown } = Reflect.get(globalThis, 'heard');
    shown.at(-1).dispatchEvent(new Event('click'));
  });

test('[UI223] the permission is asked for on a click only; then one notification an event comes while the desk is hidden, and leads to the row', async ({
  desk,
  page,
  context,
}) => {
  const sight = await canBeHidden(page);
  await listenIn(page);
  const risk = riskPage(page);
  for (const match of [MATCH, OTHER_MATCH]) await desk.ingest(openingPrices(match, Date.now()));
  await page.goto('/settings');
  await risk.becomesLive();
  const panel = await openPreferences(page);
  expect((await heardOn(page)).asked).toBe(0);
  await context.grantPermissions(['notifications']);
  await panel.getByRole('checkbox', { name: 'When the desk is out of sight' }).check();
  await page.keyboard.press('Escape');

  await desk.ingest(ownSteamMove(MATCH, Date.now()));
  await expect(page.getByRole('region', { name: '1 new critical alert in 1 event' })).toBeVisible();
  expect((await heardOn(page)).shown).toEqual([]);

  await sight.hide();
  await desk.ingest(ownSteamMove(OTHER_MATCH, Date.now()));
  await expect
    .poll(async () => (await heardOn(page)).shown)
    .toEqual([
      {
        title: 'Critical: Lantern City v Old Quay',
        body: '1X2 · Home 2.20 → 1.76 (−20.0%) at draftkings',
        tag: expect.stringMatching(/^linewatch-event-\d+$/),
      },
    ]);

  await clickNotification(page);
  await expect(page).toHaveURL(/\/risk-monitoring\?eventId=\d+&alert=\d+$/);
  await expect(risk.group(OTHER_MATCH).getByRole('button', { expanded: true })).toBeVisible();
});

test('[UI224] while another tab of the desk is in sight, a hidden one notifies nobody', async ({
  desk,
  page,
  context,
}) => {
  await context.grantPermissions(['notifications']);
  const sight = await canBeHidden(page);
  await listenIn(page);
  const risk = riskPage(page);
  await desk.ingest(openingPrices(MATCH, Date.now()));
  await risk.open();
  const panel = await openPreferences(page);
  await panel.getByRole('checkbox', { name: 'When the desk is out of sight' }).check();
  const seen = await context.newPage();
  await riskPage(seen).open();
  // Tabs know of each other by the lock that each in sight holds, from when it can tell news.
  const inSight = async (): Promise<number> =>
    (await seen.evaluate(() => navigator.locks.query())).held?.filter(({ name }) => name === 'linewatch-visible')
      .length ?? 0;
  await expect.poll(inSight).toBe(2);
  await sight.hide();
  await expect.poll(inSight).toBe(1);

  await desk.ingest(ownSteamMove(MATCH, Date.now()));

  await expect(page.getByRole('region', { name: '1 new critical alert in 1 event' })).toBeVisible();
  expect((await heardOn(page)).shown).toEqual([]);
});

test('[UI225] sounds are off until chosen, can be tried, and then sound once an alert in one of two tabs', async ({
  desk,
  page,
  context,
}) => {
  const CRITICAL_TONES = 3;
  const second = await context.newPage();
  for (const tab of [page, second]) await listenIn(tab);
  await desk.ingest([MATCH, OTHER_MATCH].flatMap((match) => openingPrices(match, Date.now())));
  const risk = riskPage(page);
  await Promise.all([risk.open(), riskPage(second).open()]);
  const told = (tab: Page) => tab.getByRole('region', { name: /new critical alert/ });
  await desk.ingest(ownSteamMove(MATCH, Date.now()));
  await Promise.all([page, second].map((tab) => expect(told(tab)).toBeVisible()));
  expect((await heardOn(page)).tones).toBe(0);

  const panel = await openPreferences(page);
  await panel.getByRole('button', { name: 'Test the sound of critical' }).click();
  await expect.poll(async () => (await heardOn(page)).tones).toBe(CRITICAL_TONES);
  await panel.getByRole('checkbox', { name: 'Critical' }).check();
  await page.keyboard.press('Escape');
  await second.getByRole('heading', { name: 'Risk Monitoring' }).click();
  await expect(second.getByText('Sound waits for a click')).toBeHidden();

  await desk.ingest(ownSteamMove(OTHER_MATCH, Date.now()));

  await Promise.all([page, second].map((tab) => expect(told(tab)).toHaveAccessibleName(/^2 new/)));
  const total = async () => (await heardOn(page)).tones + (await heardOn(second)).tones;
  await expect.poll(total).toBe(2 * CRITICAL_TONES);
});

test('[UI226] a sound that the browser holds back is said in words until the trader clicks', async ({
  page,
  desk,
  openPage,
}) => {
  await desk.ingest(openingPrices(MATCH, Date.now()));
  const risk = riskPage(page);
  await risk.open();
  const panel = await openPreferences(page);
  await panel.getByRole('checkbox', { name: 'Elevated' }).check();

  // A browser that is started anew, as a reload may still count the click of the page before. Each question that the
  // test asks a page counts as a gesture with Chromium, so that only a real click is let count here.
  const next = await openPage({ storageState: await page.context().storageState() });
  await next.addInitScript(() => {
    let hasClicked = false;
    addEventListener('pointerdown', () => (hasClicked = true), { capture: true });
    globalThis.AudioContext = class extends AudioContext {
      constructor() {
        super();
        void super.suspend();
      }
      override async resume(): Promise<void> {
        if (hasClicked) await super.resume();
      }
    };
  });
  await riskPage(next).open();

  await expect(next.getByRole('status').filter({ hasText: 'Sound waits for a click' })).toBeVisible();
  await next.getByRole('heading', { name: 'Risk Monitoring' }).click();
  await expect(next.getByText('Sound waits for a click')).toBeHidden();
});

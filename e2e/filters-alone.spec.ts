// Each filter of Risk Monitoring by itself, from an address that says nothing else: what it leaves, where it is marked,
// and how it is taken off again.
import type { Page } from 'playwright/test';
import { type DeskServer, startDesk, steppedClock } from './desk-server.ts';
import { expect, test as base } from './fixtures.ts';
import { type Story, moves, openings } from './many-moves.ts';
import { riskPage } from './risk-page.ts';

/** When an alert was detected is read from the server's clock: here that can be put on. */
const test = base.extend({
  desk: async ({ newDatabase }, use) => {
    const desk = await startDesk({ ...steppedClock, DATABASE_URL: await newDatabase() });
    try {
      await use(desk);
    } finally {
      await desk.dispose();
    }
  },
});

const MINUTE_MS = 60_000;
/** Between the first alert and the others. Feeds that are not heard for five minutes would be alerts themselves. */
const STEP_MS = 4 * MINUTE_MS;
const COAST: Story = {
  home: 'Harbour Town',
  away: 'Mill United',
  league: 'Coastal League',
  country: 'Testland',
  kickoffInMinutes: 90,
  bookmaker: 'draftkings',
  market: '1x2',
  newOdds: 1.76,
};
const HILLS: Story = {
  ...COAST,
  home: 'Hillside',
  away: 'Moor Rovers',
  league: 'Hill Cup, North',
  kickoffInMinutes: 300,
  newOdds: 2,
};
/** Of another country, sport and market, and found before the others. */
const ICE: Story = {
  home: 'Glacier',
  away: 'Polar Lights',
  league: 'Winter League',
  country: 'Otherland',
  sport: 'ice_hockey',
  kickoffInMinutes: 900,
  bookmaker: 'draftkings',
  market: 'btts',
  newOdds: 1.95,
};
/** Shut by another book, at the price of before. */
const SHUT: Story = {
  ...COAST,
  home: 'Quarry Athletic',
  away: 'Ferry Rovers',
  kickoffInMinutes: 240,
  bookmaker: 'pinnacle',
  newOdds: 2.2,
};
const ALL = [COAST, HILLS, ICE, SHUT];

type Case = {
  readonly query: string;
  readonly shows: readonly Story[];
  /** Where the filter itself says that it is in force. */
  readonly isMarked: (page: Page) => Promise<void>;
  readonly takeOff: (page: Page) => Promise<void>;
};

const byChip = (name: string | RegExp) => (page: Page) =>
  page
    .getByRole('group', { name: 'Filters in force' })
    .getByRole('button', {
      name: typeof name === 'string' ? `Remove the filter ${name}` : name,
      exact: typeof name === 'string',
    })
    .click();

/** A filter with a button of its own in the bar, in whose menu the choice is ticked. */
const inBar = (facet: string, value: RegExp) => async (page: Page) => {
  await page.getByRole('button', { name: `${facet} 1 chosen`, exact: true }).click();
  await expect(page.getByRole('menuitemcheckbox', { checked: true })).toHaveCount(1);
  await expect(page.getByRole('menuitemcheckbox', { name: value })).toBeChecked();
  await page.keyboard.press('Escape');
};

/** A filter behind the last button of the bar, which says that there is one. */
const behindMore = (role: 'checkbox' | 'radio', value: RegExp) => async (page: Page) => {
  await page.getByRole('button', { name: 'More 1 chosen', exact: true }).click();
  const more = page.getByRole('dialog', { name: 'More filters' });
  await expect(more.getByRole(role, { name: value })).toBeChecked();
  if (role === 'checkbox') await expect(more.getByRole('checkbox', { checked: true })).toHaveCount(1);
  await page.keyboard.press('Escape');
};

const inField = (label: string, atMs: number) => async (page: Page) => {
  await page.getByRole('button', { name: 'More 1 chosen', exact: true }).click();
  const field = page.getByRole('dialog', { name: 'More filters' }).getByLabel(label);
  expect(Date.parse(await field.inputValue())).toBe(atMs);
  await page.keyboard.press('Escape');
};

async function holdsAlone(page: Page, { query, shows, isMarked, takeOff }: Case): Promise<void> {
  const risk = riskPage(page);
  const rows = page.getByRole('list', { name: 'Events with new alerts' }).getByRole('listitem');
  await page.goto(`/risk-monitoring?${query}`);
  await risk.becomesLive();
  await expect(rows).toHaveCount(shows.length);
  for (const story of shows) await expect(risk.group(story)).toBeVisible();
  await expect(risk.tab('New')).toHaveAccessibleName(new RegExp(`^New ?${shows.length}$`));
  await isMarked(page);

  await takeOff(page);
  await expect(page).toHaveURL(/\/risk-monitoring$/);
  await expect(rows).toHaveCount(ALL.length);
  await expect(page.getByRole('button', { name: / chosen$/ })).toHaveCount(0);
  await expect(page.getByRole('group', { name: 'Filters in force' })).toHaveCount(0);
}

test.use({ viewport: { width: 1440, height: 900 } });

/** Brings all four alerts in, and answers with a whole minute between the first of them and the others. */
async function bringIn(desk: DeskServer): Promise<number> {
  const firstMs = Date.now();
  await desk.ingest(openings([ICE], firstMs));
  await desk.ingest(moves([ICE], firstMs));
  const betweenMs = Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS;
  await desk.stepClock(STEP_MS);
  const nowMs = Date.now() + STEP_MS;
  await desk.ingest(openings([COAST, HILLS, SHUT], nowMs));
  await desk.ingest([
    ...moves([COAST, HILLS], nowMs),
    ...moves([SHUT], nowMs).map((line) => ({ ...line, suspended: true })),
  ]);
  return betweenMs;
}

test('[UI402] severity, type, bookmaker and league: each alone from its address, marked in the bar, taken off', async ({
  desk,
  page,
}) => {
  await bringIn(desk);
  const severities = page.getByRole('group', { name: 'Severity' });
  const critical = severities.getByRole('button', { name: /^Critical/ });
  const cases: readonly Case[] = [
    {
      query: 'severity=critical',
      shows: [COAST],
      isMarked: async () => {
        await expect(critical).toHaveAttribute('aria-pressed', 'true');
        await expect(severities.getByRole('button', { pressed: true })).toHaveCount(1);
      },
      takeOff: () => critical.click(),
    },
    {
      query: 'type=availability',
      shows: [SHUT],
      isMarked: inBar('Type', /^Availability/),
      takeOff: byChip('Type: Availability'),
    },
    {
      query: 'bookmaker=pinnacle',
      shows: [SHUT],
      isMarked: inBar('Bookmaker', /^pinnacle/),
      takeOff: byChip('Bookmaker: pinnacle'),
    },
    {
      query: 'league=Hill+Cup%252C+North',
      shows: [HILLS],
      isMarked: inBar('League', /^Hill Cup, North/),
      takeOff: byChip('League: Hill Cup, North'),
    },
  ];
  for (const each of cases) await test.step(each.query, () => holdsAlone(page, each));
});

test('[UI402] market, country, sport and text: each alone from its address, marked, taken off', async ({
  desk,
  page,
}) => {
  await bringIn(desk);
  const search = page.getByRole('searchbox');
  const cases: readonly Case[] = [
    {
      query: 'market=btts',
      shows: [ICE],
      isMarked: behindMore('checkbox', /^Both teams to score/),
      takeOff: byChip('Market: Both teams to score'),
    },
    {
      query: 'country=Otherland',
      shows: [ICE],
      isMarked: behindMore('checkbox', /^Otherland/),
      takeOff: byChip('Country: Otherland'),
    },
    {
      query: 'sport=ice_hockey',
      shows: [ICE],
      isMarked: behindMore('checkbox', /^Ice hockey/),
      takeOff: byChip('Sport: Ice hockey'),
    },
    {
      query: 'q=rovers',
      shows: [HILLS, SHUT],
      isMarked: () => expect(search).toHaveValue('rovers'),
      takeOff: () => search.fill(''),
    },
  ];
  for (const each of cases) await test.step(each.query, () => holdsAlone(page, each));
});

test('[UI402] ranges of kickoff and detection, moving along or fixed: each alone from its address, marked, taken off', async ({
  desk,
  page,
}) => {
  // Whole minutes: a field for a time has no others.
  const detected = await bringIn(desk);
  const kickoff = detected + 120 * MINUTE_MS;
  const at = (atMs: number): string => encodeURIComponent(new Date(atMs).toISOString());
  const cases: readonly Case[] = [
    // First, as it goes on with the clock.
    {
      query: 'detectedWithin=2',
      shows: [COAST, HILLS, SHUT],
      isMarked: behindMore('radio', /^In the last 2 min/),
      takeOff: byChip('Detected in the last 2 min'),
    },
    {
      query: 'kickoffWithin=120',
      shows: [COAST],
      isMarked: behindMore('radio', /^In the next 2 h/),
      takeOff: byChip('Kickoff in the next 2 h'),
    },
    {
      query: `kickoffFrom=${at(kickoff)}`,
      shows: [HILLS, SHUT, ICE],
      isMarked: inField('Kickoff from', kickoff),
      takeOff: byChip(/Kickoff from/),
    },
    {
      query: `kickoffTo=${at(kickoff)}`,
      shows: [COAST],
      isMarked: inField('Kickoff before', kickoff),
      takeOff: byChip(/Kickoff before/),
    },
    {
      query: `from=${at(detected)}`,
      shows: [COAST, HILLS, SHUT],
      isMarked: inField('Detected from', detected),
      takeOff: byChip(/Detected from/),
    },
    {
      query: `to=${at(detected)}`,
      shows: [ICE],
      isMarked: inField('Detected before', detected),
      takeOff: byChip(/Detected before/),
    },
  ];
  for (const each of cases) await test.step(each.query, () => holdsAlone(page, each));
});

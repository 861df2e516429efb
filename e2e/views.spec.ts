import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';
import { type Story, moves, openings } from './many-moves.ts';
import { riskPage } from './risk-page.ts';

const OWN = { bookmaker: 'draftkings', market: '1x2', country: 'Testland', kickoffInMinutes: 90 } as const;
const COAST: Story = { ...OWN, home: 'Harbour Town', away: 'Mill United', league: 'Coastal League', newOdds: 1.76 };
const HILLS: Story = { ...OWN, home: 'Hillside', away: 'Moor Rovers', league: 'Hill Cup', newOdds: 1.95 };
const SHORE: Story = { ...OWN, home: 'Shoreham', away: 'Quay FC', league: 'Coastal League', newOdds: 1.76 };

test('[UI107] a view that one trader saves is there for the other with its live count, and so is its deletion', async ({
  desk,
  page,
  openPage,
}) => {
  await desk.ingest(openings([COAST, HILLS, SHORE], Date.now()));
  await desk.ingest(moves([COAST, HILLS], Date.now()));
  const other = await openPage();
  const [mine, theirs] = [riskPage(page), riskPage(other)];
  await Promise.all([page.goto('/risk-monitoring?league=Coastal+League&sort=kickoff'), theirs.open()]);
  await Promise.all([mine.becomesLive(), theirs.becomesLive()]);
  await Promise.all([page, other].map((each) => each.getByRole('button', { name: 'Views' }).click()));
  const theirViews = other.getByRole('dialog', { name: 'Views' });
  const myViews = page.getByRole('dialog', { name: 'Views' });
  await expect(theirViews).toContainText('No views yet');

  await myViews.getByRole('textbox', { name: 'Save these filters as' }).fill('The coast');
  await page.keyboard.press('Enter');
  await expect(theirViews.getByRole('button', { name: /^The coast ?1 ?new$/ })).toBeVisible();
  expect((await new AxeBuilder({ page: other }).include('[role=dialog]').analyze()).violations).toEqual([]);
  await desk.ingest(moves([SHORE], Date.now()));
  await expect(theirViews.getByRole('button', { name: /^The coast ?2 ?new$/ })).toBeVisible();

  await theirViews.getByRole('button', { name: 'Delete The coast' }).click();
  await expect(myViews.getByRole('button', { name: /^The coast/ })).toHaveCount(0);
  await other.getByRole('button', { name: 'Undo' }).click();
  await expect(myViews.getByRole('button', { name: /^The coast ?2 ?new$/ })).toBeVisible();
});

test('[UI108] a view is applied with its order, renamed, and refused under a name that is taken', async ({
  desk,
  page,
  pageErrors,
}) => {
  // What Chromium writes of the refusal that is asked for below.
  pageErrors.allow([/status of 409/]);
  await desk.ingest(openings([COAST, HILLS], Date.now()));
  await desk.ingest(moves([COAST, HILLS], Date.now()));
  for (const [name, league] of [
    ['The coast', 'Coastal League'],
    ['The hills', 'Hill Cup'],
  ]) {
    const answer = await page.request.post('/api/views', {
      data: { name, filter: { league: [league] }, sort: 'kickoff' },
    });
    expect(answer.status()).toBe(201);
  }
  const risk = riskPage(page);
  await risk.open();
  await page.getByRole('button', { name: 'Views' }).click();
  const views = page.getByRole('dialog', { name: 'Views' });
  await views.getByRole('button', { name: 'Rename The hills' }).click();
  const name = views.getByRole('textbox', { name: 'New name of The hills' });
  await expect(name).toBeFocused();
  await name.fill('THE COAST');
  await page.keyboard.press('Enter');
  await expect(views.getByRole('alert')).toContainText('there is a view "The coast" already');
  await name.fill('Heights');
  await page.keyboard.press('Enter');
  await expect(views.getByRole('button', { name: /^Heights ?1 ?new$/ })).toBeVisible();

  await views.getByRole('button', { name: /^The coast ?1 ?new$/ }).click();
  await expect(page).toHaveURL(/league=Coastal/);
  await expect(page).toHaveURL(/sort=kickoff/);
  await expect(risk.group(COAST)).toBeVisible();
  await expect(risk.group(HILLS)).toHaveCount(0);
  await page.getByRole('button', { name: 'Views' }).click();
  await expect(views.getByRole('button', { name: /^The coast/ })).toHaveAttribute('aria-current', 'true');
});

test('[UI266] a view is updated to the filters and the order in force, for the whole desk, and Undo gives the old ones back', async ({
  desk,
  page,
}) => {
  await desk.ingest(openings([COAST, HILLS, SHORE], Date.now()));
  await desk.ingest(moves([COAST, HILLS, SHORE], Date.now()));
  const data = { name: 'Tonight', filter: { league: ['Hill Cup'] }, sort: 'detected' };
  expect((await page.request.post('/api/views', { data })).status()).toBe(201);
  const stored = async () => {
    const { views } = await (await page.request.get('/api/views')).json();
    return { league: views[0].filter.league, sort: views[0].sort };
  };
  await page.goto('/risk-monitoring');
  await riskPage(page).becomesLive();
  await page.getByRole('button', { name: 'Views' }).click();
  const views = page.getByRole('dialog', { name: 'Views' });
  const update = views.getByRole('button', { name: 'Update Tonight to the filters in force' });
  await expect(views.getByRole('button', { name: /^Tonight ?1 ?new$/ })).toBeVisible();
  await expect(update).toHaveCount(0); // nothing is narrowed

  await page.goto('/risk-monitoring?league=Coastal+League&sort=kickoff');
  await riskPage(page).becomesLive();
  await page.getByRole('button', { name: 'Views' }).click();
  await update.click();
  const tonight = views.getByRole('button', { name: /^Tonight ?2 ?new$/ });
  await expect(tonight).toHaveAttribute('aria-current', 'true');
  await expect(update).toHaveCount(0);
  await expect.poll(stored).toEqual({ league: ['Coastal League'], sort: 'kickoff' });

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(stored).toEqual({ league: ['Hill Cup'], sort: 'detected' });
});

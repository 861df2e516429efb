import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';
import { type Story, moves, openings } from './many-moves.ts';
import { riskPage } from './risk-page.ts';

const OWN = { bookmaker: 'draftkings', market: '1x2', country: 'Testland', kickoffInMinutes: 90 } as const;
const COAST: Story = { ...OWN, home: 'Harbour Town', away: 'Mill United', league: 'Coastal League', newOdds: 1.76 };
const HILLS: Story = { ...OWN, home: 'Hillside', away: 'Moor Rovers', league: 'Hill Cup', newOdds: 1.95 };
const SHORE: Story = { ...OWN, home: 'Shoreham', away: 'Quay FC', league: 'Coastal League', newOdds: 1.76 };

test('[UI107] a view is saved, seen and applied in the other browser with its live count, renamed and deleted', async ({
  desk,
  page,
  openPage,
}) => {
  await desk.ingest(openings([COAST, HILLS, SHORE], Date.now()));
  await desk.ingest(moves([COAST, HILLS], Date.now()));
  const other = await openPage();
  const [mine, theirs] = [riskPage(page), riskPage(other)];
  await page.goto('/risk-monitoring?league=Coastal+League&sort=kickoff');
  await theirs.open();
  await Promise.all([mine.becomesLive(), theirs.becomesLive()]);
  await other.getByRole('button', { name: 'Views' }).click();
  const theirViews = other.getByRole('dialog', { name: 'Views' });
  await expect(theirViews).toContainText('No views yet');

  await page.getByRole('button', { name: 'Views' }).click();
  const myViews = page.getByRole('dialog', { name: 'Views' });
  await myViews.getByRole('textbox', { name: 'Save these filters as' }).fill('The coast');
  await page.keyboard.press('Enter');
  await expect(myViews.getByRole('button', { name: /^The coast ?1 ?new$/ })).toHaveAttribute('aria-current', 'true');
  expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations).toEqual([]);

  await expect(theirViews.getByRole('button', { name: /^The coast ?1 ?new$/ })).toBeVisible();
  await desk.ingest(moves([SHORE], Date.now()));
  await expect(theirViews.getByRole('button', { name: /^The coast ?2 ?new$/ })).toBeVisible();
  await theirViews.getByRole('button', { name: /^The coast/ }).click();
  await expect(other).toHaveURL(/league=Coastal/);
  await expect(other).toHaveURL(/sort=kickoff/);
  await expect(theirs.group(SHORE)).toBeVisible();
  await expect(theirs.group(HILLS)).toHaveCount(0);

  await myViews.getByRole('textbox', { name: 'Save these filters as' }).fill('THE COAST');
  await page.keyboard.press('Enter');
  await expect(myViews.getByRole('alert')).toContainText('there is a view "The coast" already');
  await myViews.getByRole('button', { name: 'Rename The coast' }).click();
  await myViews.getByRole('textbox', { name: 'New name of The coast' }).fill('Seaside');
  await page.keyboard.press('Enter');
  await expect(myViews.getByRole('button', { name: /^Seaside ?2 ?new$/ })).toBeVisible();

  await other.getByRole('button', { name: 'Views' }).click();
  await theirViews.getByRole('button', { name: 'Delete Seaside' }).click();
  await expect(myViews.getByRole('button', { name: /^Seaside/ })).toHaveCount(0);
  await other.getByRole('button', { name: 'Undo' }).click();
  await expect(myViews.getByRole('button', { name: /^Seaside ?2 ?new$/ })).toBeVisible();
});

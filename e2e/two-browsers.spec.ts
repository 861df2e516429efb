import { expect, test } from './fixtures.ts';
import { openingPrices, ownSteamMove } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };

test('[UI93] what one trader acknowledges, the other sees acknowledged', async ({ desk, page, openPage }) => {
  await desk.ingest(openingPrices(MATCH, Date.now()));
  await desk.ingest(ownSteamMove(MATCH, Date.now()));
  const mine = riskPage(page);
  const otherPage = await openPage();
  const theirs = riskPage(otherPage);
  await Promise.all([mine.open(), theirs.open()]);
  await Promise.all([mine.becomesLive(), theirs.becomesLive()]);
  await theirs.showsNewAlerts(1);

  await mine.group(MATCH).hover();
  await mine.acknowledgeAll(MATCH).click();

  await mine.showsNewAlerts(0);
  await theirs.showsNewAlerts(0);
  await expect(theirs.group(MATCH)).toHaveCount(0);
  await theirs.tab('Acknowledged').click();
  await expect(theirs.group(MATCH)).toBeVisible();
  await expect(theirs.tab('Acknowledged')).toHaveAccessibleName(/^Acknowledged ?1$/);
});

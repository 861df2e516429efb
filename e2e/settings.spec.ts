import { becomesLive } from './becomes-live.ts';
import { expect, test } from './fixtures.ts';
import { openingPrices, ownSteamMove } from './moves.ts';
import { saveElsewhere, settingsInForce, settingsPage } from './settings-page.ts';

const FIRST = { home: 'Harbour Town', away: 'Mill United' };
const SECOND = { home: 'Lake City', away: 'Forest Rovers' };

test('[SET63] a threshold that is saved in the page decides over the very next price', async ({ desk, page }) => {
  const settings = settingsPage(page);
  await settings.open();
  await desk.ingest([...openingPrices(FIRST, Date.now()), ...openingPrices(SECOND, Date.now())]);

  await settings.setBands('Price move', ['30', '40,5', '50']);
  await expect(settings.unsaved).toHaveText('1 unsaved change');
  await settings.saves();
  expect((await desk.ingest(ownSteamMove(FIRST, Date.now()))).alerts).toBe(0);

  await settings.way('Back to default', 'Price move').click();
  await settings.saves();
  expect((await desk.ingest(ownSteamMove(SECOND, Date.now()))).alerts).toBe(1);
  const badge = page.getByRole('navigation', { name: 'Main' }).getByRole('status');
  await expect(badge).toHaveAccessibleName(/^1 new alert/);
});

test('[SET64] nothing is sent while a value cannot be stored: it is told at its field, which gets the focus', async ({
  desk,
  page,
}) => {
  const settings = settingsPage(page);
  await settings.open();
  const lookBack = settings.number('Look-back');
  await lookBack.fill('soon');
  await expect(lookBack).not.toHaveAccessibleDescription(/Expected a number/);
  await lookBack.press('Tab');
  await expect(lookBack).toHaveAccessibleDescription(/Expected a number such as 7\.5, got "soon"/);
  await settings.setBands('Price move', ['7', '5', '15']);

  await settings.save.click();

  const elevated = settings.setting('Price move').getByRole('textbox', { name: 'Elevated' });
  await expect(elevated).toBeFocused();
  await expect(elevated).toHaveAccessibleDescription(/Expected more than warning \(7\), got 5/);
  await expect(page.getByRole('alert').filter({ hasText: 'values cannot be stored' })).toBeVisible();
  expect((await settingsInForce(desk.url)).revision).toBe(0);

  await settings.discard.click();
  await expect(settings.unsaved).toHaveText('Everything is saved');
  await expect(lookBack).toHaveValue('60');
});

test('[SET65] what only the server refuses stands at the field that it names', async ({ page, pageErrors }) => {
  pageErrors.allow([/status of 400/]);
  // On its way the request loses its sense, so that the real server has something to refuse.
  await page.route('**/api/settings', async (route) => {
    if (route.request().method() !== 'PUT') return route.continue();
    const body = route.request().postDataJSON() as object;
    return route.continue({ postData: JSON.stringify({ ...body, coolDownMinutes: -1 }) });
  });
  const settings = settingsPage(page);
  await settings.open();
  await settings.number('Cool-down').fill('30');
  await settings.save.click();

  await expect(settings.number('Cool-down')).toBeFocused();
  await expect(settings.number('Cool-down')).toHaveAccessibleDescription(/Expected at least 0, got -1/);
  await expect(settings.unsaved).toHaveText('1 unsaved change');
});

test('[SET66] what one trader saves, the other sees at once; over unsaved changes it is told and nothing is lost', async ({
  desk,
  page,
  openPage,
}) => {
  const mine = settingsPage(page);
  const otherPage = await openPage();
  const theirs = settingsPage(otherPage);
  await Promise.all([mine.open(), theirs.open()]);

  await mine.number('Settled after').fill('45');
  await mine.saves();
  await expect(theirs.number('Settled after')).toHaveValue('45');

  await theirs.number('Settled after').fill('50');
  await theirs.number('Cool-down').fill('90');
  await mine.number('Settled after').fill('40');
  await mine.number('Smallest move').fill('3');
  await mine.saves();

  await expect(theirs.overtaken).toBeVisible();
  await expect(theirs.overtaken).toContainText('Settled after: 45 min → to 40 min · you changed it too, to 50 min');
  await expect(theirs.overtaken).toContainText('Smallest move: 2 ticks → to 3 ticks');
  await theirs.save.click();
  await expect(theirs.overtaken).toBeFocused();
  expect(await settingsInForce(desk.url)).toMatchObject({ settings: { quietMinutes: 40, coolDownMinutes: 60 } });

  await theirs.overtaken.getByRole('button', { name: 'Bring theirs in, keep mine' }).click();
  await expect(theirs.number('Smallest move')).toHaveValue('3');
  await expect(theirs.unsaved).toHaveText('2 unsaved changes');
  await theirs.saves();
  expect(await settingsInForce(desk.url)).toMatchObject({
    settings: { quietMinutes: 50, coolDownMinutes: 90, minTicks: 3 },
  });
  await expect(mine.number('Cool-down')).toHaveValue('90');
});

test('[SET67] a save over a change that has not been heard of yet is refused and overwrites nothing', async ({
  desk,
  page,
  pageErrors,
}) => {
  pageErrors.allow([/status of 409/]);
  const settings = settingsPage(page);
  await settings.open();
  // This browser goes on reading what was in force before.
  const stale = JSON.stringify(await settingsInForce(desk.url));
  await page.route('**/api/settings', (route) =>
    route.request().method() === 'GET'
      ? route.fulfill({ contentType: 'application/json', body: stale })
      : route.continue(),
  );
  await settings.number('Cool-down').fill('90');
  await saveElsewhere(desk.url, { coolDownMinutes: 10 });

  await settings.save.click();

  await expect(settings.overtaken).toBeFocused();
  await expect(settings.overtaken).toContainText('Ada saved other settings');
  await expect(settings.overtaken).toContainText('Cool-down: 60 min → to 10 min · you changed it too, to 90 min');
  expect(await settingsInForce(desk.url)).toMatchObject({ settings: { coolDownMinutes: 10 }, revision: 1 });
});

test('[SET68] a league shows what it inherits and from where, says single fields itself, and lets them go again', async ({
  desk,
  page,
}) => {
  await desk.ingest(openingPrices(FIRST, Date.now()));
  const settings = settingsPage(page);
  await settings.open();
  const add = async (sport: string, league: string): Promise<void> => {
    await page.getByRole('button', { name: 'Add an override' }).click();
    const form = page.getByRole('group', { name: 'New override' });
    await form.getByRole('combobox', { name: 'Sport', exact: true }).fill(sport);
    await form.getByRole('combobox', { name: /^League/ }).fill(league);
    await form.getByRole('button', { name: 'Add' }).click();
  };
  await add('soccer', '');
  await expect(page.getByText('from All matches').first()).toBeVisible();
  await settings.way('Set here', 'Look-back').click();
  await expect(settings.number('Look-back')).toBeFocused();
  await settings.number('Look-back').fill('90');

  await add('soccer', 'Coastal League');
  await expect(page.getByText('90 min', { exact: true })).toBeVisible();
  await expect(page.getByText('from Soccer', { exact: true })).toBeVisible();
  await settings.way('Set here', 'Price move').click();
  await settings.setBands('Price move', ['30', '40', '50']);
  await expect(settings.unsaved).toHaveText('2 unsaved changes');
  await settings.saves();
  expect((await settingsInForce(desk.url)).settings['overrides']).toEqual([
    { sport: 'soccer', league: null, rules: { lookBackMinutes: 90 } },
    {
      sport: 'soccer',
      league: 'Coastal League',
      rules: { priceChangePercent: { warning: 30, elevated: 40, critical: 50 } },
    },
  ]);
  expect((await desk.ingest(ownSteamMove(FIRST, Date.now()))).alerts).toBe(0);

  await settings.way('Inherit again', 'Price move').click();
  await expect(settings.setting('Price move')).toHaveCount(0);
  await settings.scope(/^Soccer 1 of its own/).click();
  await page.getByRole('button', { name: 'Remove this override' }).click();
  await settings.saves();
  expect((await settingsInForce(desk.url)).settings['overrides']).toEqual([
    { sport: 'soccer', league: 'Coastal League', rules: {} },
  ]);
});

test('[SET83] an override of a league may be of one country, and is named so in the list and in the address', async ({
  desk,
  page,
}) => {
  await desk.ingest(openingPrices(FIRST, Date.now()));
  const settings = settingsPage(page);
  await settings.open();
  await page.getByRole('button', { name: 'Add an override' }).click();
  const form = page.getByRole('group', { name: 'New override' });
  await form.getByRole('combobox', { name: 'Sport', exact: true }).fill('soccer');
  await expect(form.getByRole('combobox', { name: /^Country/ })).toHaveCount(0);
  await form.getByRole('combobox', { name: /^League/ }).fill('Coastal League');
  await form.getByRole('combobox', { name: /^Country/ }).fill('Testland');
  await form.getByRole('button', { name: 'Add' }).click();
  await expect(settings.scope(/^Soccer · Coastal League \(Testland\)/)).toHaveAttribute('aria-current', 'true');
  await expect(page).toHaveURL(/country=Testland/);
  // The whole name, and beside the form rather than over it.
  const [name, list] = [
    settings.scope(/^Soccer · Coastal League/),
    page.getByRole('navigation', { name: 'For which' }),
  ];
  const [nameBox, listBox] = [await name.boundingBox(), await list.boundingBox()];
  if (nameBox === null || listBox === null) throw new Error('expected both to be drawn');
  expect(nameBox.x + nameBox.width).toBeLessThanOrEqual(listBox.x + listBox.width);
  await settings.way('Set here', 'Price move').click();
  await settings.setBands('Price move', ['30', '40', '50']);
  await settings.saves();
  expect((await settingsInForce(desk.url)).settings['overrides']).toEqual([
    {
      sport: 'soccer',
      league: 'Coastal League',
      country: 'Testland',
      rules: { priceChangePercent: { warning: 30, elevated: 40, critical: 50 } },
    },
  ]);
  expect((await desk.ingest(ownSteamMove(FIRST, Date.now()))).alerts).toBe(0);
});

test('[SET69] the changes tell who changed what when, and lead back to any state as a new change', async ({
  desk,
  page,
}) => {
  await saveElsewhere(desk.url, { coolDownMinutes: 10, marketWeights: { btts: 0.5 } });
  await saveElsewhere(desk.url, { coolDownMinutes: 90 }, 'Bob');
  const settings = settingsPage(page);
  await settings.open('/settings?view=history');
  const first = page.getByRole('listitem', { name: 'Revision 1' });
  await expect(first).toContainText('Ada');
  await expect(first).toContainText('Cool-down: 60 min → to 10 min');
  await expect(first).toContainText('Weight of markets · Both teams to score: 0.8 → to 0.5');
  await expect(page.getByRole('listitem', { name: 'Revision 2' })).toContainText('In force');

  await first.getByRole('button', { name: 'Restore revision 1' }).click();
  const dialog = page.getByRole('dialog', { name: 'Restore revision 1?' });
  await expect(dialog.getByRole('list', { name: 'What would change' })).toHaveText('Cool-down: 90 min → to 10 min');
  await dialog.getByRole('button', { name: 'Restore' }).click();

  await expect(dialog).toBeHidden();
  await expect(page.getByRole('listitem', { name: 'Revision 3' })).toContainText('In force');
  expect(await settingsInForce(desk.url)).toMatchObject({ settings: { coolDownMinutes: 10 }, revision: 3 });
});

test('[SET70] leaving with unsaved changes asks first, and going back and forth keeps them', async ({ page }) => {
  const settings = settingsPage(page);
  await page.goto('/events');
  await becomesLive(page);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
  await settings.number('Cool-down').fill('90');
  const away = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /Risk Monitoring/ });
  const question = page.getByRole('alertdialog', { name: 'Leave one unsaved change?' });

  await away.click();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(settings.number('Cool-down')).toHaveValue('90');

  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Odds Comparison' })).toBeVisible();
  await page.goForward();
  await expect(settings.number('Cool-down')).toHaveValue('90');

  const asked = page.waitForEvent('dialog');
  // Not `page.reload()`, which would wait for a page that is called off.
  await page.evaluate(() => setTimeout(() => location.reload()));
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await expect(settings.number('Cool-down')).toHaveValue('90');

  await away.click();
  await question.getByRole('button', { name: 'Discard and leave' }).click();
  await expect(page.getByRole('heading', { name: 'Risk Monitoring' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
  await expect(settings.number('Cool-down')).toHaveValue('60');
});

test('[SET71] settings are changed and saved by keyboard alone', async ({ desk, page }) => {
  const settings = settingsPage(page);
  await settings.open();
  await settings.number('Look-back').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('75');
  await page.keyboard.press('Tab');
  await expect(settings.way('Back to default', 'Look-back')).toBeFocused();
  await page.getByRole('switch', { name: 'Fold followers' }).focus();
  await page.keyboard.press('Space');
  await settings.number('Cool-down').focus();
  await page.keyboard.press('Enter');
  await expect(settings.unsaved).toHaveText('Everything is saved');
  expect(await settingsInForce(desk.url)).toMatchObject({ settings: { lookBackMinutes: 75, foldFollowers: false } });
});

test('[SET72] a save that nothing answers says so and keeps what was typed', async ({ desk, page, pageErrors }) => {
  pageErrors.allow([/net::ERR_/, /WebSocket/, /status of 50/]);
  const settings = settingsPage(page);
  await settings.open();
  await settings.number('Cool-down').fill('90');
  await desk.kill();
  await settings.save.click();
  await expect(page.getByRole('alert').filter({ hasText: /^Not saved: / })).toBeVisible();
  await expect(settings.number('Cool-down')).toHaveValue('90');
  await desk.restart();
  await settings.saves();
});

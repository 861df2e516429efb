import { expect, test } from './fixtures.ts';
import { riskPage } from './risk-page.ts';

test('[UI264] tabs are one stop of the Tab key, arrows go round and choose, Home and End choose first and last', async ({
  page,
}) => {
  const risk = riskPage(page);
  await risk.open();
  await risk.tab('New').focus();

  await page.keyboard.press('ArrowLeft');
  await expect(risk.tab('Past')).toBeFocused();
  await expect(page.getByRole('tab', { selected: true })).toHaveText(/^Past/);
  await expect(page.getByRole('tabpanel', { name: /^Past/ })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tabpanel', { name: /^New/ })).toBeVisible();
  await page.keyboard.press('End');
  await expect(risk.tab('Past')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(risk.tab('New')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(risk.tab('Acknowledged')).not.toBeFocused();
});

import { expect, test } from './fixtures.ts';
import { settingsPage } from './settings-page.ts';

test('[UI263] under a policy that forbids eval the settings page draws, checks what is typed and reports nothing', async ({
  page,
  pageErrors,
}) => {
  // A page that a test has answered is of no known network, and its socket is refused; all else is heard.
  pageErrors.allow([/ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS/]);
  await page.route(
    (url) => url.pathname === '/settings',
    async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), 'content-security-policy': "script-src 'self' 'unsafe-inline'" };
      await route.fulfill({ response, headers });
    },
  );
  // What is reported is also written to the console, where the fixtures find it.
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective}`));
  });
  const settings = settingsPage(page);
  await page.goto('/settings');
  const lookBack = settings.number('Look-back');
  // Without its socket nothing on the page says that it is awake: asked again until it answers.
  await expect(async () => {
    await lookBack.fill('1');
    await lookBack.fill('never');
    await settings.save.click({ timeout: 1_000 });
    await expect(lookBack).toHaveAttribute('aria-invalid', 'true', { timeout: 1_000 });
  }).toPass();
});

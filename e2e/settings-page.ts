import { type Locator, type Page, expect } from 'playwright/test';
import { becomesLive } from './becomes-live.ts';

/** The settings page as a trader finds it: by the names of its settings. */
export function settingsPage(page: Page) {
  const setting = (name: string): Locator => page.getByRole('group', { name, exact: true });
  const unsaved = page.getByRole('status', { name: 'Unsaved changes' });
  return {
    setting,
    unsaved,
    number: (name: string): Locator => page.getByRole('textbox', { name, exact: true }),
    way: (words: string, name: string): Locator => page.getByRole('button', { name: `${words}: ${name}`, exact: true }),
    save: page.getByRole('button', { name: 'Save', exact: true }),
    discard: page.getByRole('button', { name: 'Discard', exact: true }),
    overtaken: page.getByRole('alert', { name: 'Saved by somebody else' }),
    scope: (name: string | RegExp): Locator =>
      page.getByRole('navigation', { name: 'For which matches' }).getByRole('button', { name }),

    async open(address = '/settings'): Promise<void> {
      await page.goto(address);
      await expect(page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible();
      await becomesLive(page);
    },

    async setBands(name: string, bands: readonly [warning: string, elevated: string, critical: string]): Promise<void> {
      for (const [index, severity] of ['Warning', 'Elevated', 'Critical'].entries())
        await setting(name)
          .getByRole('textbox', { name: severity })
          .fill(bands[index] ?? '');
    },

    async saves(): Promise<void> {
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(unsaved).toHaveText('Everything is saved');
    },
  };
}

/** The settings in force, as the API tells them. */
export async function settingsInForce(url: string): Promise<{
  readonly settings: Readonly<Record<string, unknown>>;
  readonly revision: number;
}> {
  const response = await fetch(`${url}/api/settings`);
  return (await response.json()) as Awaited<ReturnType<typeof settingsInForce>>;
}

/** Another trader's save, over the API. */
export async function saveElsewhere(url: string, change: object, trader = 'Ada'): Promise<void> {
  const { settings } = await settingsInForce(url);
  const response = await fetch(`${url}/api/settings`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', 'X-Trader': trader },
    body: JSON.stringify({ ...settings, ...change }),
  });
  if (!response.ok) throw new Error(`the save was answered ${response.status}: ${await response.text()}`);
}

import { type Locator, type Page, expect } from 'playwright/test';
import type { Match } from './moves.ts';

/** Risk Monitoring as a trader finds their way on it: by roles and names. */
export function riskPage(page: Page) {
  const navigation = page.getByRole('navigation', { name: 'Main' });
  const badge = navigation.getByRole('status');
  return {
    badge,
    group: (match: Match): Locator =>
      page.getByRole('listitem', { name: new RegExp(`^${match.home} v ${match.away}`) }),
    tab: (name: 'New' | 'Acknowledged' | 'Past'): Locator => page.getByRole('tab', { name: new RegExp(`^${name}`) }),
    acknowledgeAll: (match: Match): Locator =>
      page.getByRole('button', { name: new RegExp(`^Acknowledge .* of ${match.home} v ${match.away}$`) }),
    connection: page.getByRole('status', { name: /^Connection/ }),

    async open(): Promise<void> {
      await page.goto('/risk-monitoring');
      await expect(page.getByRole('heading', { name: 'Risk Monitoring' })).toBeVisible();
    },

    /** Waits until the page hears the server: from here on it must follow by itself. */
    async becomesLive(): Promise<void> {
      await expect(page.getByRole('status', { name: 'Connection: Live' })).toBeVisible();
    },

    /** The badge and the tab say the same number. */
    async showsNewAlerts(count: number): Promise<void> {
      const words = count === 0 ? 'no new alerts' : new RegExp(`^${count} new alerts?(,|$)`);
      await expect(badge).toHaveAccessibleName(words);
      await expect(page.getByRole('tab', { name: new RegExp(`^New ?${count}$`) })).toBeVisible();
    },
  };
}

import { type Locator, type Page, expect } from 'playwright/test';
import { becomesLive } from './becomes-live.ts';
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

    /** Opens the page and waits until it hears clicks, keys and the server. */
    async open(): Promise<void> {
      await page.goto('/risk-monitoring');
      await expect(page.getByRole('heading', { name: 'Risk Monitoring' })).toBeVisible();
      await becomesLive(page);
    },

    /** Opens the page where no script runs: its first HTML is all there will be. */
    async openAsleep(): Promise<void> {
      await page.goto('/risk-monitoring');
      await expect(page.getByRole('heading', { name: 'Risk Monitoring' })).toBeVisible();
    },

    becomesLive: (): Promise<void> => becomesLive(page),

    /** The badge and the tab say the same number. */
    async showsNewAlerts(count: number): Promise<void> {
      const words = count === 0 ? 'no new alerts' : new RegExp(`^${count} new alerts?(,|$)`);
      await expect(badge).toHaveAccessibleName(words);
      await expect(page.getByRole('tab', { name: new RegExp(`^New ?${count}$`) })).toBeVisible();
    },
  };
}

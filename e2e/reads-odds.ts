import type { Page } from 'playwright/test';
import { type OddsFormat, PREFERENCES_KEY } from '../hooks/preferences.ts';

/** As a browser in which this format was chosen before. */
export const readsOddsAs = (page: Page, odds: OddsFormat): Promise<unknown> =>
  page.addInitScript(([key, text]) => localStorage.setItem(key, text), [
    PREFERENCES_KEY,
    JSON.stringify({ version: 1, odds }),
  ] as const);

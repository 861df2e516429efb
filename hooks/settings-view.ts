import { parseAsString, parseAsStringLiteral } from 'nuqs/server';

export const SETTINGS_VIEWS = ['edit', 'try', 'history'] as const;
export type SettingsView = (typeof SETTINGS_VIEWS)[number];

/** What the settings page keeps in its address: which part of it, and for which sport, league and country. */
export const settingsViewParsers = {
  view: parseAsStringLiteral(SETTINGS_VIEWS).withDefault('edit'),
  sport: parseAsString,
  league: parseAsString,
  country: parseAsString,
};

import { SEVERITIES } from '../contracts/alert-words.ts';
import type { Severity } from '../contracts/alert.ts';
import { createSubscribers } from './subscribers.ts';

export const ODDS_FORMATS = ['decimal', 'fractional', 'american', 'percent'] as const;
export type OddsFormat = (typeof ODDS_FORMATS)[number];
export const TIME_ZONES = ['local', 'utc'] as const;
export type TimeZoneChoice = (typeof TIME_ZONES)[number];
export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

/** How one trader wants to read the desk. Lives in the browser; nobody else sees it. */
export type Preferences = {
  /** Who acts, as the others on the desk read it; empty when the trader has not said. */
  readonly trader: string;
  readonly odds: OddsFormat;
  readonly times: TimeZoneChoice;
  readonly density: Density;
  /** Which alerts sound. */
  readonly sounds: Readonly<Record<Severity, boolean>>;
  /** Notifications of the system, while no tab of the desk is seen. */
  readonly notifications: boolean;
};

export const DEFAULT_PREFERENCES: Preferences = {
  trader: '',
  odds: 'decimal',
  times: 'local',
  density: 'comfortable',
  sounds: { warning: false, elevated: false, critical: false },
  notifications: false,
};

export const PREFERENCES_KEY = 'linewatch.preferences';
/** Raised when a word changes its meaning; what an older or newer page stored is then not read. */
const VERSION = 1;

function oneOf<Word extends string>(words: readonly Word[], value: unknown, otherwise: Word): Word {
  return words.find((word) => word === value) ?? otherwise;
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

function parsedObject(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null) return {};
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return {};
  }
}

/** As many characters of a name as the API takes. */
export const MAX_TRADER_CHARACTERS = 80;
const traderName = (value: unknown): string => (typeof value === 'string' ? value.slice(0, MAX_TRADER_CHARACTERS) : '');

function parsedSounds(value: unknown): Preferences['sounds'] {
  const stored = objectOf(value);
  return {
    warning: stored['warning'] === true,
    elevated: stored['elevated'] === true,
    critical: stored['critical'] === true,
  };
}

/** Whether any alert sounds at all. */
export const isAudible = ({ sounds }: Preferences): boolean => SEVERITIES.some((severity) => sounds[severity]);

/** Reads what was stored, word by word: whatever is missing or unknown is the default, never a fault. */
export function parsePreferences(text: string | null): Preferences {
  const stored = parsedObject(text);
  if (stored['version'] !== VERSION) return DEFAULT_PREFERENCES;
  return {
    trader: traderName(stored['trader']),
    odds: oneOf(ODDS_FORMATS, stored['odds'], DEFAULT_PREFERENCES.odds),
    times: oneOf(TIME_ZONES, stored['times'], DEFAULT_PREFERENCES.times),
    density: oneOf(DENSITIES, stored['density'], DEFAULT_PREFERENCES.density),
    sounds: parsedSounds(stored['sounds']),
    notifications: stored['notifications'] === true,
  };
}

export const preferencesText = (preferences: Preferences): string =>
  JSON.stringify({ version: VERSION, ...preferences });

export type PreferenceStorage = {
  /** Null where nothing is stored, or where the browser lets nothing be stored. */
  readonly read: () => string | null;
  /** May fail unheard: the choice then holds as long as the page. */
  readonly write: (text: string) => void;
  /** Calls when another tab has written. Returns its undo. */
  readonly onOtherTab: (listener: () => void) => () => void;
};

/** One trader's preferences over a storage that all tabs share. The last choice wins, in every tab. */
export function createPreferences(storage: PreferenceStorage) {
  const subscribers = createSubscribers();
  let text = storage.read();
  let preferences = parsePreferences(text);
  let stopFollowing: (() => void) | undefined;

  function take(next: string | null): void {
    if (next === text) return;
    text = next;
    preferences = parsePreferences(next);
    subscribers.notify();
  }

  return {
    subscribe(listener: () => void): () => void {
      const remove = subscribers.add(listener);
      stopFollowing ??= storage.onOtherTab(() => take(storage.read()));
      return () => {
        remove();
        if (subscribers.size() > 0) return;
        stopFollowing?.();
        stopFollowing = undefined;
      };
    },
    getSnapshot: (): Preferences => preferences,
    choose(change: Partial<Preferences>): void {
      const next = preferencesText({ ...preferences, ...change });
      storage.write(next);
      take(next);
    },
  };
}
export type PreferenceStore = ReturnType<typeof createPreferences>;

import { expect, test, vi } from 'vitest';
import { preferencesOfCookie } from './preference-storage.ts';
import { DEFAULT_PREFERENCES, createPreferences, parsePreferences, preferencesText } from './preferences.ts';

/** What the tabs of one browser share; `write` of one is heard in the others. */
function sharedStorage() {
  let text: string | null = null;
  const tabs = new Set<() => void>();
  return {
    set: (next: string | null): void => {
      text = next;
      for (const listener of tabs) listener();
    },
    listeners: () => tabs.size,
    tab() {
      let own: (() => void) | undefined;
      return createPreferences({
        read: () => text,
        write(next) {
          text = next;
          for (const listener of tabs) if (listener !== own) listener();
        },
        onOtherTab(listener) {
          own = listener;
          tabs.add(listener);
          return () => void tabs.delete(listener);
        },
      });
    },
  };
}

test.each([
  [null, DEFAULT_PREFERENCES],
  ['', DEFAULT_PREFERENCES],
  ['{"version":1,', DEFAULT_PREFERENCES],
  ['[]', DEFAULT_PREFERENCES],
  ['"fractional"', DEFAULT_PREFERENCES],
  ['{"version":99,"odds":"american"}', DEFAULT_PREFERENCES],
  ['{"version":1,"odds":"american"}', { ...DEFAULT_PREFERENCES, odds: 'american' }],
  [
    '{"version":1,"sounds":{"critical":true,"warning":"loud"},"notifications":true}',
    { ...DEFAULT_PREFERENCES, sounds: { warning: false, elevated: false, critical: true }, notifications: true },
  ],
  ['{"version":1,"odds":"roman","times":"utc","density":7}', { ...DEFAULT_PREFERENCES, times: 'utc' }],
] as const)('[UI203] what is stored as %s is read word by word', (text, expected) => {
  expect(parsePreferences(text)).toEqual(expected);
});

test('[UI203] what was written is read as it was, from the storage and from the cookie', () => {
  const mine = {
    ...DEFAULT_PREFERENCES,
    odds: 'fractional',
    times: 'utc',
    density: 'compact',
    notifications: true,
  } as const;
  expect(parsePreferences(preferencesText(mine))).toEqual(mine);
  expect(preferencesOfCookie(preferencesText(mine))).toEqual(mine);
  expect(preferencesOfCookie(undefined)).toEqual(DEFAULT_PREFERENCES);
});

test('[UI204] a choice in one tab holds in the others, and what they chose before stays', () => {
  const storage = sharedStorage();
  const [mine, other] = [storage.tab(), storage.tab()];
  const heard = vi.fn<() => void>();
  mine.subscribe(() => {});
  other.subscribe(heard);

  mine.choose({ odds: 'american' });
  other.choose({ times: 'utc' });

  const both = { ...DEFAULT_PREFERENCES, odds: 'american', times: 'utc' };
  expect(mine.getSnapshot()).toEqual(both);
  expect(other.getSnapshot()).toEqual(both);
  expect(heard).toHaveBeenCalledTimes(2);
  storage.set(null);
  expect(mine.getSnapshot()).toEqual(DEFAULT_PREFERENCES);
});

test('[UI204] the same words again change nothing, and who stops listening leaves no listener behind', () => {
  const storage = sharedStorage();
  const tab = storage.tab();
  const heard = vi.fn<() => void>();
  const stop = tab.subscribe(heard);
  tab.choose({ odds: 'percent' });
  const before = tab.getSnapshot();

  tab.choose({ odds: 'percent' });

  expect(tab.getSnapshot()).toBe(before);
  expect(heard).toHaveBeenCalledTimes(1);
  stop();
  expect(storage.listeners()).toBe(0);
});

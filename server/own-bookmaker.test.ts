import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../contracts/settings.ts';
import { settleOwnBookmaker } from './own-bookmaker.ts';

async function settle(asked: string | undefined, storedOwnBookmaker: string) {
  const saved: Settings[] = [];
  const said: string[] = [];
  const { settings } = await settleOwnBookmaker({
    stored: { settings: { ...DEFAULT_SETTINGS, matchedOnly: false, ownBookmaker: storedOwnBookmaker } },
    asked,
    byDefault: 'harbourline',
    save: async (next) => {
      saved.push(next);
      return { settings: next };
    },
    say: (text) => void said.push(text),
  });
  return { own: settings.ownBookmaker, saved, said };
}

test('[OPS83] an own book asked for by OWN_BOOKMAKER replaces the stored one, and nothing else of the settings', async () => {
  const { own, saved, said } = await settle('draftkings', 'betmgm');
  expect(own).toBe('draftkings');
  expect(saved).toEqual([{ ...DEFAULT_SETTINGS, matchedOnly: false, ownBookmaker: 'draftkings' }]);
  expect(said).toEqual(['OWN_BOOKMAKER made "draftkings" the own book; the settings had named "betmgm"']);
});

test("[OPS83] without OWN_BOOKMAKER the stored own book stays, and that it is not the feed's is said", async () => {
  const { own, saved, said } = await settle(undefined, 'betmgm');
  expect([own, saved]).toEqual(['betmgm', []]);
  expect(said).toEqual([
    'the settings name "betmgm" as the own book, not "harbourline"; OWN_BOOKMAKER would change it',
  ]);
});

test('[OPS83] where the two agree nothing is stored and nothing said', async () => {
  expect(await settle('betmgm', 'betmgm')).toEqual({ own: 'betmgm', saved: [], said: [] });
  expect(await settle(undefined, 'harbourline')).toEqual({ own: 'harbourline', saved: [], said: [] });
});

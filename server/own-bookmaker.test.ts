import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../contracts/settings.ts';
import { createSettingsInForce } from './settings-in-force.ts';
import { ownBookmakerChanged, settleOwnBookmaker } from './own-bookmaker.ts';

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

test('[SET80] a process whose own book another changes says so with both names, and names what it was started with', () => {
  const said: string[] = [];
  const answer = (ownBookmaker: string, seq: number) => ({
    settings: { ...DEFAULT_SETTINGS, ownBookmaker },
    epoch: 'one',
    seq,
  });
  const settings = createSettingsInForce(answer('draftkings', 1), {
    onOwnBookmaker: (change) => said.push(ownBookmakerChanged('draftkings', change)),
  });
  settings.adopt({ ...answer('draftkings', 2), settings: { ...answer('draftkings', 2).settings, minTicks: 3 } });
  expect(said).toEqual([]);
  settings.adopt(answer('betmgm', 3));
  settings.adopt(answer('betmgm', 3));
  expect(said).toEqual([
    'the own book is now "betmgm" and no longer "draftkings", though OWN_BOOKMAKER of this process is "draftkings": somebody saved it, or another process was started with that one; give all processes on one database the same OWN_BOOKMAKER or none',
  ]);
  settings.adopt(answer('draftkings', 4));
  expect(said[1]).toBe('the own book is now "draftkings" and no longer "betmgm"');
});

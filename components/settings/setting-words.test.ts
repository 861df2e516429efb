import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, settingsSchema } from '../../contracts/settings.ts';
import { draftOf } from './draft-store.ts';
import { faultWords, faultsOf, faultsOfRefusal } from './faults.ts';
import { withField } from './scope.ts';
import { GROUPS, SETTINGS } from './setting-words.ts';
import { valueWords } from './value-words.ts';

const DRAFT = draftOf({ ...DEFAULT_SETTINGS, ownBookmaker: 'ours' });
const LIGA = { sport: 'soccer', league: 'Liga' };

test('[SET59] every setting of the contract stands on the page once, with its words', () => {
  const names = GROUPS.flatMap((group) => group.names);
  const known = Object.keys(settingsSchema.shape).filter((name) => name !== 'overrides');
  expect(names.toSorted()).toEqual(known.toSorted());
  expect(Object.keys(SETTINGS).toSorted()).toEqual(known.toSorted());
});

test.each([
  ['priceChangePercent', DEFAULT_SETTINGS.priceChangePercent, '7 / 10 / 15%'],
  ['lookBackMinutes', 60, '60 min'],
  ['spikeHoldPoints', DEFAULT_SETTINGS.spikeHoldPoints, 'own book 8 pts, competitors 0 pts'],
  ['foldFollowers', true, 'on'],
  ['primaryMarkets', DEFAULT_SETTINGS.primaryMarkets, 'all markets'],
  ['marketWeights', DEFAULT_SETTINGS.marketWeights, 'Both teams to score 0.8, Double chance 0.8'],
  ['independenceGroups', DEFAULT_SETTINGS.independenceGroups, 'betonlineag + lowvig'],
  ['bookmakerWeights', {}, 'all 1'],
  ['disagreementCompetitors', [], 'none'],
])('[SET60] a value is written out in a few words: %s', (field, value, words) => {
  expect(valueWords(field, value)).toBe(words);
});

test.each([
  ['quietMinutes', -1, [], 'Expected more than 0, got -1.'],
  ['lookBackMinutes', 2_000, [], 'Expected at most 1440, got 2000.'],
  ['laggingPolls', 1.5, [], 'Expected a whole number, got 1.5.'],
  ['lookBackMinutes', 'abc', [], 'Expected a number such as 7.5, got "abc".'],
  ['lookBackMinutes', '', [], 'Expected a number such as 7.5.'],
  ['primaryMarkets', [], [], 'Expected at least 1, got an array of 0.'],
  ['ownBookmaker', '', [], 'Expected a name.'],
  [
    'priceChangePercent',
    { warning: 12, elevated: 10, critical: 15 },
    ['elevated'],
    'Expected more than warning (12), got 10.',
  ],
  ['disagreementWindowMinutes', 90, [], 'Expected at most Look-back (60), got 90.'],
])('[SET61] a fault names its field and says what was expected: %s %j', (field, value, part, message) => {
  expect(faultsOf(withField(DRAFT, null, field, value))).toEqual([{ scope: null, field, part, message }]);
});

test('[SET61] faults of an override stand at its own field, also when the API names them', () => {
  const draft = withField(DRAFT, LIGA, 'minTicks', -1);
  const fault = { scope: LIGA, field: 'minTicks', part: [], message: 'Expected at least 0, got -1.' };
  expect(faultsOf(draft)).toEqual([fault]);
  const details = [{ in: 'body', parameter: 'overrides.0.rules.minTicks', message: 'x: expected number to be >=0' }];
  expect(faultsOfRefusal(details, draft)).toEqual([{ ...fault, message: faultWords('expected number to be >=0') }]);
  expect(faultsOfRefusal('nonsense', draft)).toEqual([]);
});

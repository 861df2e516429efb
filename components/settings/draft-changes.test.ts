import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../contracts/settings.ts';
import { changesOf, countedChanges, mergeDrafts } from './draft-changes.ts';
import { draftOf } from './draft-store.ts';
import {
  type Draft,
  inherited,
  scopeWords,
  standing,
  withField,
  withOverride,
  withoutField,
  withoutOverride,
} from './scope.ts';

const BASE: Draft = draftOf({ ...DEFAULT_SETTINGS, ownBookmaker: 'ours' });
const SOCCER = { sport: 'soccer', league: null };
const LIGA = { sport: 'soccer', league: 'Liga' };

test('[SET53] a league shows what it inherits and from where: its own word, its sport, all matches', () => {
  const draft = withField(withField(BASE, SOCCER, 'minTicks', 3), LIGA, 'coolDownMinutes', 5);
  expect(standing(draft, LIGA, 'coolDownMinutes')).toEqual({ value: 5, from: LIGA });
  expect(standing(draft, LIGA, 'minTicks')).toEqual({ value: 3, from: SOCCER });
  expect(standing(draft, LIGA, 'lookBackMinutes')).toEqual({ value: 60, from: null });
  expect(standing(withoutField(draft, LIGA, 'coolDownMinutes'), LIGA, 'coolDownMinutes').from).toBeNull();
});

test('[SET54] a change that is taken back is none, and an override counts as what it says', () => {
  const added = withField(BASE, LIGA, 'minTicks', 3);
  expect(countedChanges(changesOf(BASE, added)).map(({ field }) => field)).toEqual(['minTicks']);
  expect(countedChanges(changesOf(BASE, withOverride(BASE, LIGA))).map(({ field }) => field)).toEqual([null]);
  expect(countedChanges(changesOf(added, BASE)).map(({ field }) => field)).toEqual([null]);
  expect(changesOf(BASE, withoutOverride(added, LIGA))).toEqual([]);
});

test.each([
  [
    'different fields of both are kept',
    withField(BASE, null, 'minTicks', 3),
    withField(BASE, null, 'coolDownMinutes', 5),
    { minTicks: 3, coolDownMinutes: 5 },
    [],
  ],
  [
    'the same field: mine stays and is named',
    withField(BASE, null, 'minTicks', 3),
    withField(BASE, null, 'minTicks', 4),
    { minTicks: 3 },
    ['minTicks'],
  ],
  [
    'the same value of both is no clash',
    withField(BASE, null, 'minTicks', 3),
    withField(BASE, null, 'minTicks', 3),
    { minTicks: 3 },
    [],
  ],
])('[SET55] two traders at once: %s', (_title, mine, theirs, expected, fields) => {
  const { draft, clashes } = mergeDrafts(BASE, mine, theirs);
  expect(draft).toMatchObject(expected);
  expect(clashes.map(({ field }) => field)).toEqual(fields);
});

test('[SET55] an override that one removes while the other changes it is named, and mine holds', () => {
  const before = withField(withField(BASE, LIGA, 'minTicks', 3), LIGA, 'coolDownMinutes', 5);
  const removed = withoutOverride(before, LIGA);
  const changed = withField(before, LIGA, 'minTicks', 7);
  const kept = mergeDrafts(before, changed, removed);
  expect(kept.draft.overrides).toEqual([{ ...LIGA, rules: { minTicks: 7 } }]);
  expect(kept.clashes.map(({ field }) => field)).toEqual(['minTicks']);
  const gone = mergeDrafts(before, removed, changed);
  expect(gone.draft.overrides).toEqual([]);
  expect(gone.clashes.map(({ field }) => field)).toEqual(['minTicks']);
});

test('[SET82] a league of one country inherits from that league anywhere, and is another override than it', () => {
  const spanish = { ...LIGA, country: 'Spain' };
  const draft = withField(withField(BASE, LIGA, 'minTicks', 3), spanish, 'coolDownMinutes', 5);
  expect(draft.overrides).toEqual([
    { ...LIGA, rules: { minTicks: 3 } },
    { ...spanish, rules: { coolDownMinutes: 5 } },
  ]);
  expect(standing(draft, spanish, 'minTicks')).toEqual({ value: 3, from: LIGA });
  expect(standing(draft, LIGA, 'coolDownMinutes').from).toBeNull();
  expect(inherited(draft, spanish, 'coolDownMinutes')).toEqual({ value: 60, from: null });
  expect(changesOf(BASE, draft).map(({ scope }) => scopeWords(scope))).toEqual([
    'Soccer · Liga',
    'Soccer · Liga',
    'Soccer · Liga (Spain)',
    'Soccer · Liga (Spain)',
  ]);
});

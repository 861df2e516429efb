import { expect, test } from 'vitest';
import type { SettingsInForce } from '../../contracts/settings-history.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../contracts/settings.ts';
import { createDraftStore, draftOf, isOvertaken } from './draft-store.ts';
import { withField } from './scope.ts';

const inForce = (revision: number, change: Partial<Settings> = {}, seq = revision): SettingsInForce => ({
  settings: { ...DEFAULT_SETTINGS, ownBookmaker: 'ours', ...change },
  revision,
  changedAt: null,
  changedBy: null,
  epoch: 'one',
  seq,
});

function setup() {
  const store = createDraftStore();
  store.follow(inForce(1));
  const state = () => {
    const snapshot = store.getSnapshot();
    if (snapshot === null) throw new Error('expected a draft');
    return snapshot;
  };
  return { store, state, edit: (field: string, value: unknown) => store.edit((d) => withField(d, null, field, value)) };
}

test('[SET56] without unsaved changes the form follows what others save', () => {
  const { store, state } = setup();
  store.follow(inForce(2, { minTicks: 4 }));
  expect(state().draft['minTicks']).toBe(4);
  store.follow(inForce(1));
  expect(state().draft['minTicks']).toBe(4);
});

test('[SET56] with unsaved changes the form stands, says that it was overtaken, and brings the others’ in when asked', () => {
  const { store, state, edit } = setup();
  edit('coolDownMinutes', 5);
  store.follow(inForce(2, { minTicks: 4 }));
  expect(isOvertaken(state())).toBe(true);
  expect(state().draft).toMatchObject({ minTicks: 2, coolDownMinutes: 5 });
  store.bringIn();
  expect(isOvertaken(state())).toBe(false);
  expect(state().draft).toMatchObject({ minTicks: 4, coolDownMinutes: 5 });
  expect(state().changes.map(({ field }) => field)).toEqual(['coolDownMinutes']);
});

test('[SET56] a newer reading of the same revision overtakes nothing', () => {
  const { store, state, edit } = setup();
  edit('coolDownMinutes', 5);
  store.follow(inForce(1, {}, 9));
  expect(isOvertaken(state())).toBe(false);
  expect(state().draft['coolDownMinutes']).toBe(5);
});

test('[SET54] taking the last change back brings the form level at once', () => {
  const { store, state, edit } = setup();
  edit('coolDownMinutes', 5);
  store.follow(inForce(2, { minTicks: 4 }));
  edit('coolDownMinutes', 60);
  expect(isOvertaken(state())).toBe(false);
  expect(state()).toMatchObject({ draft: { minTicks: 4 }, changes: [] });
});

test('[SET57] what is typed while a save is on its way stays unsaved', () => {
  const { store, state, edit } = setup();
  edit('coolDownMinutes', 5);
  const sent = state().draft;
  edit('minTicks', 3);
  store.saved(inForce(2, { coolDownMinutes: 5 }), sent);
  expect(state().changes.map(({ field, after }) => [field, after])).toEqual([['minTicks', 3]]);
  store.discard();
  expect(state().draft).toEqual(draftOf(inForce(2, { coolDownMinutes: 5 }).settings));
});

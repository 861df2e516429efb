import { expect, test } from 'vitest';
import { isMeant } from './palette-filter.ts';

test.each([
  ['Odds implied percent format', 'sierra', false],
  ['Odds American format', 'an', false],
  ['Odds implied percent format', 'perc', true],
  ['Theme dark', 'dark', true],
  ['Theme dark', 'the da', true],
  ['Odds Comparison', 'odds ', true],
  ['Pause or resume', '', true],
] as const)('[UI284] %s is meant by "%s": %s', (name, typed, expected) => {
  expect(isMeant(name, typed)).toBe(expected);
});

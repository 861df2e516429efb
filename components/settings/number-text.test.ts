import { expect, test } from 'vitest';
import { numberHint, readNumber } from './number-text.ts';

test.each([
  ['7.5', 7.5],
  ['7,5', 7.5],
  [' 12 ', 12],
  [',5', 0.5],
  ['-1', -1],
  ['1.125', 1.125],
  ['0,125', 0.125],
  ['', ''],
  ['abc', 'abc'],
  ['1e3', '1e3'],
  ['1,000', '1,000'],
  ['1.000,5', '1.000,5'],
])('[SET58] a decimal comma is read like a point, and what is no number stays a text: "%s"', (text, expected) => {
  expect(readNumber(text)).toBe(expected);
});

test('[SET58] a text that two readers would read differently is not guessed but told', () => {
  expect(numberHint('1,000')).toBe('1,000 can be read in two ways: write 1000 or 1.000.');
  expect(numberHint('abc')).toBeNull();
  expect(numberHint(7)).toBeNull();
});

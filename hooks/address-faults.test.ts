import { expect, test } from 'vitest';
import { addressFaults } from './address-faults.ts';

const faults = (address: string) =>
  addressFaults(new URLSearchParams(address)).map(({ name, value }) => `${name}=${value}`);

test('[UI106] words, numbers and times of an address that mean nothing are named, and nothing else is', () => {
  expect(faults('')).toEqual([]);
  expect(faults('tab=past&severity=critical,warning&market=1x2&sort=kickoff&kickoffWithin=120&muted=true')).toEqual([]);
  expect(faults('league=Nowhere&bookmaker=nobody&q=criticl&utm=1&from=2026-03-01T12:00:00Z')).toEqual([]);
  expect(faults('tab=old&severity=criticl,critical&type=price&sort=x')).toEqual([
    'tab=old',
    'severity=criticl',
    'type=price',
    'sort=x',
  ]);
  expect(faults('kickoffWithin=0&detectedWithin=43201&from=yesterday&muted=perhaps&alert=x')).toEqual([
    'muted=perhaps',
    'kickoffWithin=0',
    'detectedWithin=43201',
    'from=yesterday',
    'alert=x',
  ]);
});

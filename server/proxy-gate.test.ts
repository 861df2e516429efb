import { expect, test } from 'vitest';
import { PROXY_HEADER, createProxyGate } from './proxy-gate.ts';

const SECRET = '0123456789abcdef0123456789abcdef';

test.each([
  [SECRET, true],
  [`${SECRET}0`, false],
  [SECRET.slice(1), false],
  [SECRET.toUpperCase(), false],
  ['', false],
  [undefined, false],
])('[OPS221] a request that shows %j to a node with a secret is admitted: %s', (shown, isAdmitted) => {
  expect(createProxyGate(SECRET)({ [PROXY_HEADER]: shown })).toBe(isAdmitted);
});

test('[OPS221] without a secret every request is admitted', () => {
  expect(createProxyGate(undefined)({})).toBe(true);
});

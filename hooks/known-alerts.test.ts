import { expect, test } from 'vitest';
import type { AlertId } from '../contracts/ids.ts';
import { KNOWN_ALERTS, createKnownAlerts } from './known-alerts.ts';

const idOf = (id: number): AlertId => id as AlertId;

test('[UI332] a tab remembers of an alert how bad it was, whether it was open and at whom, as heard last', () => {
  const known = createKnownAlerts();
  known.set(idOf(1), { rank: 2, isOpen: true, bookmaker: 'draftkings' });
  known.set(idOf(2), { rank: 0, isOpen: false, bookmaker: 'pinnacle' });
  known.set(idOf(3), { rank: 1, isOpen: true, bookmaker: 'draftkings' });
  known.set(idOf(3), { rank: 2, isOpen: false, bookmaker: 'pinnacle' });
  expect(known.get(idOf(1))).toEqual({ rank: 2, isOpen: true, bookmaker: 'draftkings' });
  expect(known.get(idOf(2))).toEqual({ rank: 0, isOpen: false, bookmaker: 'pinnacle' });
  expect(known.get(idOf(3))).toEqual({ rank: 2, isOpen: false, bookmaker: 'pinnacle' });
  expect(known.get(idOf(4))).toBeUndefined();
  known.clear();
  expect(known.get(idOf(1))).toBeUndefined();
});

test('[UI332] it remembers the alerts heard of last, and forgets those of long ago', () => {
  const known = createKnownAlerts();
  const count = 5 * KNOWN_ALERTS;
  for (let id = 1; id <= count; id += 1) {
    known.set(idOf(id), { rank: id % 3, isOpen: true, bookmaker: 'draftkings' });
    known.set(idOf(1), { rank: 2, isOpen: true, bookmaker: 'draftkings' });
  }
  const remembered = Array.from({ length: count }, (_unused, index) => index + 1).filter(
    (id) => known.get(idOf(id)) !== undefined,
  );
  expect(remembered.length).toBeLessThanOrEqual(2 * KNOWN_ALERTS);
  expect(remembered.slice(-(KNOWN_ALERTS - 1))).toEqual(
    Array.from({ length: KNOWN_ALERTS - 1 }, (_unused, index) => count - KNOWN_ALERTS + 2 + index),
  );
  // Heard of again and again, however long ago it was first.
  expect(known.get(idOf(1))).toEqual({ rank: 2, isOpen: true, bookmaker: 'draftkings' });
});

import { expect, test } from 'vitest';
import type { AlertCounts } from '../contracts/alert.ts';
import { badgeName, badgeState, badgeText } from './badge-state.ts';
import { type DeskLinkSnapshot, INITIAL_SNAPSHOT } from './desk-link.ts';

const counts = (fresh: number): AlertCounts => ({ new: fresh, acknowledged: 0, past: 0 });
const desk = (fresh: number, seq = 1) => ({ counts: counts(fresh), worstNew: 'elevated' as const, epoch: 'one', seq });
const live = (fresh: number, seq: number): DeskLinkSnapshot => ({
  ...INITIAL_SNAPSHOT,
  connection: { kind: 'live' },
  counts: { value: counts(fresh), at: { epoch: 'one', seq } },
});

test('[UI14] until the first word of the socket the badge shows the number the page was made with', () => {
  const badge = badgeState(INITIAL_SNAPSHOT, desk(7));
  expect(badge.kind).toBe('stale');
  expect(badgeText(badge)).toBe('7');
});

test.each(['reconnecting', 'offline'] as const)(
  '[UI14] while %s the badge shows a question mark and says so',
  (kind) => {
    const badge = badgeState({ ...live(7, 1), connection: { kind, sinceMs: 0 } }, desk(7));
    expect(badgeText(badge)).toBe('?');
    expect(badgeName(badge)).toBe('alert count unknown');
  },
);

test.each([
  ['a message newer than the page', live(9, 2), desk(7, 1), '9'],
  ['an answer to our own write newer than the last message', live(9, 2), desk(8, 3), '8'],
  ['more than fits', live(100, 2), desk(7, 1), '99+'],
  ['the most that fits', live(99, 2), desk(7, 1), '99'],
] as const)('[UI15] the badge shows %s', (_, link, page, text) => {
  expect(badgeText(badgeState(link, page))).toBe(text);
});

test.each([
  [0, null, 'no new alerts'],
  [1, 'elevated', '1 new alert, worst elevated'],
  [7, 'critical', '7 new alerts, worst critical'],
] as const)('[UI16] %i new alerts have their colour and their words', (fresh, announcedWorst, name) => {
  expect(badgeName(badgeState({ ...live(fresh, 2), announcedWorst }, desk(7)))).toBe(name);
});

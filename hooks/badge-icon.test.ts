import { expect, test } from 'vitest';
import { badgeIcon, iconAddress, titleCount } from './badge-icon.ts';
import type { BadgeState } from './badge-state.ts';

const UNKNOWN: BadgeState = { kind: 'unknown' };
function badge(count: number, worst: 'critical' | 'warning' | null = 'critical'): BadgeState {
  return { kind: 'live', counts: { new: count, acknowledged: 0, past: 0 }, worst: count === 0 ? null : worst };
}

test.each([
  [badge(0), false, '', /<path d="m6 22/],
  [badge(0), true, '(!) ', />!</],
  [badge(12), false, '(12) ', />12</],
  [badge(12), true, '(12!) ', />12<.*circle/],
  [badge(240), false, '(99+) ', />99\+</],
  [UNKNOWN, false, '(?) ', />\?</],
] as const)('[UI213] title and icon tell %o (a feed silent: %s)', (state, isSilent, title, icon) => {
  expect(titleCount(state, { isSilent })).toBe(title);
  expect(badgeIcon(state, { isSilent })).toMatch(icon);
});

test('[UI213] the icon takes the colour of the worst, and fits an address', () => {
  const [critical, warning] = [badge(3), badge(3, 'warning')].map((state) => badgeIcon(state, { isSilent: false }));
  expect(critical).toContain('#d0222f');
  expect(warning).not.toContain('#d0222f');
  expect(decodeURIComponent(iconAddress(critical ?? ''))).toBe(`data:image/svg+xml,${critical}`);
});

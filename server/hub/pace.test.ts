import { expect, test } from 'vitest';
import { createPace } from './pace.ts';

const LIMITS = { announceGapMs: 100, announceRestFactor: 50, mostAnnounceGapMs: 1_000 };

test.each([
  { what: 'a few browsers', busyMs: 0.5, gapMs: 100 },
  { what: 'a thousand', busyMs: 6, gapMs: 300 },
  { what: 'ten thousand', busyMs: 60, gapMs: 1_000 },
])(
  '[HUB70] $what, who take $busyMs ms to tell, are told again after $gapMs ms at the earliest',
  ({ busyMs, gapMs }) => {
    let clockMs = 0;
    const pace = createPace(LIMITS, () => clockMs);
    expect(pace.gapMs()).toBe(100);
    pace.measure(() => (clockMs += busyMs));
    expect(pace.gapMs()).toBe(gapMs);
  },
);

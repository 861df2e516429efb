import { expect, test } from 'vitest';
import { detect } from './detect.ts';
import { createDetectionClock } from './detection-clock.ts';
import { emptyEventState } from './detection.ts';
import { EVENT_ID, KICKOFF_MS, SETTINGS, say } from './test-feed.ts';

test('[OPS43] the clock beside detection counts what it judged by whether a price changed, and changes nothing', () => {
  const clock = createDetectionClock(detect);
  const context = { eventId: EVENT_ID };
  let state = emptyEventState(KICKOFF_MS);
  for (const [minute, odds] of [
    [0, [2, 3.4, 3.8]],
    [1, [2, 3.4, 3.8]],
    [2, [2, 3.4, 3.8]],
    [3, [1.9, 3.4, 4]],
  ] as const) {
    const said = say({ bookmaker: 'a', minute, odds });
    const detection = clock.detect(state, said, SETTINGS, context);
    expect(detection).toEqual(detect(state, said, SETTINGS, context));
    ({ state } = detection);
  }
  expect(clock.spent()).toMatchObject({ changed: { snapshots: 2 }, unchanged: { snapshots: 2 } });
  expect(clock.spent().changed.seconds).toBeGreaterThan(0);
});

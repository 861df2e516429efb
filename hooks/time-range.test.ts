import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MIN_SPAN_MS, type TimeRange, panned, showing, spanOf, within, zoomed } from './time-range.ts';

const HOUR_MS = 3_600_000;
const BOUNDS: TimeRange = { fromMs: 0, toMs: 100 * HOUR_MS };
const hours = (fromHour: number, toHour: number): TimeRange => ({ fromMs: fromHour * HOUR_MS, toMs: toHour * HOUR_MS });

test('[UI151] zooming keeps the instant under the pointer in its place', () => {
  expect(zoomed(hours(10, 20), 15 * HOUR_MS, 0.5, BOUNDS)).toEqual(hours(12.5, 17.5));
  expect(zoomed(hours(10, 20), 10 * HOUR_MS, 2, BOUNDS)).toEqual(hours(10, 30));
  expect(zoomed(hours(10, 20), 12 * HOUR_MS, 1_000, BOUNDS)).toEqual(BOUNDS);
  expect(spanOf(zoomed(hours(10, 20), 12 * HOUR_MS, 1e-9, BOUNDS))).toBe(MIN_SPAN_MS);
});

test('[UI151] panning ends at either end of the data and keeps the zoom', () => {
  expect(panned(hours(10, 20), 5 * HOUR_MS, BOUNDS)).toEqual(hours(15, 25));
  expect(panned(hours(10, 20), -50 * HOUR_MS, BOUNDS)).toEqual(hours(0, 10));
  expect(panned(hours(10, 20), 500 * HOUR_MS, BOUNDS)).toEqual(hours(90, 100));
});

test('[UI151] an instant out of sight is brought into the middle, one in sight moves nothing', () => {
  expect(showing(hours(10, 20), 12 * HOUR_MS, BOUNDS)).toEqual(hours(10, 20));
  expect(showing(hours(10, 20), 50 * HOUR_MS, BOUNDS)).toEqual(hours(45, 55));
});

test('[UI151] whatever is done to a range, it lies within the data', () => {
  const instant = fc.integer({ min: -200, max: 300 }).map((hour) => hour * HOUR_MS);
  fc.assert(
    fc.property(instant, instant, instant, fc.double({ min: 0.01, max: 100, noNaN: true }), (a, b, at, factor) => {
      const range = within({ fromMs: Math.min(a, b), toMs: Math.max(a, b) + MIN_SPAN_MS }, BOUNDS);
      for (const next of [
        range,
        zoomed(range, at, factor, BOUNDS),
        panned(range, at, BOUNDS),
        showing(range, at, BOUNDS),
      ]) {
        expect(next.fromMs).toBeGreaterThanOrEqual(BOUNDS.fromMs);
        expect(next.toMs).toBeLessThanOrEqual(BOUNDS.toMs + 1e-3);
        expect(spanOf(next)).toBeGreaterThanOrEqual(MIN_SPAN_MS - 1);
      }
    }),
  );
});

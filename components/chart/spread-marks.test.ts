import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spreadApart } from './spread-marks.ts';

test('[UI157] alerts of one moment stand beside each other around it; those apart stay where they are', () => {
  expect(spreadApart([100, 100, 100, 300], 14)).toEqual([86, 100, 114, 300]);
  expect(spreadApart([10, 50, 90], 14)).toEqual([10, 50, 90]);
  expect(spreadApart([], 14)).toEqual([]);
});

test('[UI157] whatever the moments, marks keep their order and their distance', () => {
  const moments = fc
    .array(fc.double({ min: 0, max: 500, noNaN: true }), { maxLength: 60 })
    .map((all) => all.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(moments, (places) => {
      const spread = spreadApart(places, 14);
      expect(spread).toHaveLength(places.length);
      for (const [index, place] of spread.entries()) {
        if (index > 0) expect(place - (spread[index - 1] ?? 0)).toBeGreaterThanOrEqual(14 - 1e-6);
      }
    }),
  );
});

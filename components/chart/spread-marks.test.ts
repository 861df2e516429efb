import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spreadApart } from './spread-marks.ts';

test('[UI157] alerts of one moment stand beside each other around it; those apart stay where they are', () => {
  expect(spreadApart([100, 100, 100, 300], { gap: 14, from: 0, to: 900 })).toEqual([86, 100, 114, 300]);
  expect(spreadApart([10, 50, 90], { gap: 14, from: 0, to: 900 })).toEqual([10, 50, 90]);
  expect(spreadApart([], { gap: 14, from: 0, to: 900 })).toEqual([]);
});

test('[UI157] whatever the moments, marks keep their order and their distance', () => {
  const moments = fc
    .array(fc.double({ min: 0, max: 500, noNaN: true }), { maxLength: 60 })
    .map((all) => all.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(moments, (places) => {
      const spread = spreadApart(places, { gap: 14, from: 0, to: 900 });
      expect(spread).toHaveLength(places.length);
      for (const [index, place] of spread.entries()) {
        if (index > 0) expect(place - (spread[index - 1] ?? 0)).toBeGreaterThanOrEqual(14 - 1e-6);
      }
    }),
  );
});

test('[UI301] marks at the edge of a chart stay within it', () => {
  const within = { gap: 14, from: 0, to: 300 };
  expect(spreadApart([298, 299, 300], within)).toEqual([272, 286, 300]);
  expect(spreadApart([0, 0, 150], within)).toEqual([0, 14, 150]);
});

import { expect, test } from 'vitest';
import { alertIdSchema } from '../../contracts/ids.ts';
import { sparkShape } from './spark-path.ts';

const BOX = { width: 120, height: 20, padding: 0 };
const at = (minute: number): string => new Date(minute * 60_000).toISOString();
const line = (points: readonly [minute: number, odds: number | null][]) => ({
  alertId: alertIdSchema.parse(1),
  from: at(0),
  to: at(120),
  points: points.map(([minute, odds]) => ({ at: at(minute), odds })),
});

test('[UI153] a sparkline is drawn in steps, breaks where the price could not be had, and ends where it stands', () => {
  expect(
    sparkShape(
      line([
        [0, 2],
        [60, 3],
        [90, null],
        [100, 2.5],
      ]),
      BOX,
      'odds',
    ),
  ).toEqual({
    path: 'M0 20H60V0H90M100 10H120',
    end: { x: 120, y: 10 },
  });
  expect(
    sparkShape(
      line([
        [0, 2],
        [60, null],
      ]),
      BOX,
      'odds',
    ),
  ).toEqual({ path: 'M0 10H60', end: null });
  expect(sparkShape(line([]), BOX, 'odds')).toEqual({ path: '', end: null });
});

test('[UI300] a sparkline of a younger price spreads what is known over its width, but not a few minutes', () => {
  expect(
    sparkShape(
      line([
        [80, 2],
        [100, 3],
      ]),
      BOX,
      'odds',
    ),
  ).toEqual({ path: 'M0 20H60V0H120', end: { x: 120, y: 0 } });
  expect(sparkShape(line([[110, 2]]), BOX, 'odds').path).toBe('M60 10H120');
});

test('[UI392] to who reads implied percent what shortens rises', () => {
  expect(
    sparkShape(
      line([
        [0, 2],
        [60, 4],
        [100, 1.6],
      ]),
      BOX,
      'probability',
    ).path,
  ).toBe('M0 6.7H60V20H100V0H120');
});

import { expect, test } from 'vitest';
import { follow, summary } from './test-feed.ts';

const OPEN = [2.0, 3.4, 3.8];

/** Every book at one price; `a` shuts at minute 5, the others move to `others`, and `a` returns at `minute`. */
function returning(minute: number, odds: readonly number[], others = OPEN) {
  const event = follow();
  const rest = ['ours', 'b', 'c', 'd'];
  event.findings(...[...rest, 'a'].map((bookmaker) => ({ bookmaker, minute: 0, odds: OPEN })));
  event.findings({ bookmaker: 'a', minute: 5, suspended: true });
  event.findings(...rest.map((bookmaker) => ({ bookmaker, minute: minute - 1, odds: others })));
  return event.findings({ bookmaker: 'a', minute, odds });
}

test('[DET211] a market that returns at another price says so, and is as bad as that move', () => {
  const [found] = returning(20, [1.7, 3.7, 4.9]);
  expect(found && summary(found)).toBe('availability returned critical a 1x2');
  expect(found?.explanation.rule).toBe('a offers again 1x2, 1 at 1.70 instead of 2.00 (−15.00 %, +8.71 points).');
  expect(found?.explanation.severityInputs).toMatchObject({ outcome: '1', oldOdds: 2, newOdds: 1.7 });
});

test('[DET211] it is a warning where the price is the same, came back in line with the others, or after hours', () => {
  const [same] = returning(20, [1.98, 3.4, 3.85]);
  expect(same?.explanation.rule).toBe('a offers again 1x2; 0 of 4 competitors are shut.');
  expect(returning(20, [1.7, 3.7, 4.9], [1.71, 3.7, 4.8]).map(summary)).toEqual([
    'availability returned warning a 1x2',
  ]);
  expect(returning(120, [1.7, 3.7, 4.9]).map(summary)).toEqual(['availability returned warning a 1x2']);
});

test('[DET212] a price that its book does not show any more has no vote and confirms nothing', () => {
  const event = follow();
  const hear = (bookmaker: string, minute: number, odds: readonly number[]) => event.hear({ bookmaker, minute, odds });
  for (const bookmaker of ['ours', 'a', 'b', 'c']) hear(bookmaker, 0, OPEN);
  hear('a', 1, [1.7, 3.7, 4.9]);
  expect(hear('a', 2, [1.01, 1.01, 1.01])).toMatchObject({ quarantined: 'placeholder', findings: [] });
  expect(hear('a', 3, [1.01, 1.01, 1.01]).memoryChanges).toEqual([]);
  // With two votes left there is no consensus that ours could be off.
  for (const bookmaker of ['b', 'c']) hear(bookmaker, 3, [1.6, 3.9, 5.6]);
  const off = [4, 5, 6].flatMap((minute) => hear('ours', minute, OPEN).findings);
  expect(off.filter(({ type }) => type === 'off_market')).toEqual([]);
  hear('a', 7, [1.6, 3.9, 5.6]);
  const again = [8, 9, 10].flatMap((minute) => hear('ours', minute, OPEN).findings);
  expect(again.map(({ type }) => type)).toContain('off_market');
});

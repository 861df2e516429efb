import { expect, test } from 'vitest';
import { alertIdSchema } from '../../contracts/ids.ts';
import { chosenSelection } from './chosen-selection.ts';
import type { MarketQuotes } from './market-quotes.ts';

const market = (name: MarketQuotes['market'], line: number | null, outcomes: readonly string[]): MarketQuotes => ({
  key: `${name} ${line}`,
  market: name,
  line,
  outcomes,
  quotes: [],
  best: new Map(),
});
const MARKETS = [market('1x2', null, ['1', 'X', '2']), market('over_under', 2.5, ['over', 'under'])];
const NOTHING = { market: null, line: null, outcome: null, alert: null };
const alert = (id: number, outcome: string | null, status: 'new' | 'past' = 'new') => ({
  id: alertIdSchema.parse(id),
  market: 'over_under' as const,
  line: 2.5,
  outcome,
  status,
});

test.each([
  ['the first market by itself', NOTHING, [], ['1x2', null, '1']],
  [
    'the latest new alert’s outcome',
    NOTHING,
    [alert(3, 'under', 'past'), alert(2, 'over')],
    ['over_under', 2.5, 'over'],
  ],
  [
    'the alert that the address names',
    { ...NOTHING, alert: 3 },
    [alert(3, 'under', 'past')],
    ['over_under', 2.5, 'under'],
  ],
  ['the first outcome of a whole market', { ...NOTHING, alert: 3 }, [alert(3, null)], ['over_under', 2.5, 'over']],
  [
    'what the address says, before any alert',
    { ...NOTHING, market: '1x2' as const, outcome: '2', alert: 3 },
    [alert(3, 'over')],
    ['1x2', null, '2'],
  ],
  ['a market of the address without an outcome', { ...NOTHING, market: '1x2' as const }, [], ['1x2', null, '1']],
])('[UI154] the chart shows %s', (_name, wanted, alerts, [name, line, outcome]) => {
  expect(chosenSelection(wanted, { markets: MARKETS, alerts, opened: null })).toEqual({ market: name, line, outcome });
});

test('[UI154] of a market that nobody prices the chart shows nothing until an outcome is named', () => {
  expect(chosenSelection({ ...NOTHING, market: 'btts' }, { markets: MARKETS, alerts: [], opened: null })).toBeNull();
  expect(chosenSelection(NOTHING, { markets: [], alerts: [], opened: null })).toBeNull();
});

test('[UI340] a chart that was opened stays with what it opened on until the address says something else', () => {
  const opened = { market: '1x2', line: null, outcome: 'X' } as const;
  const known = { markets: MARKETS, alerts: [alert(4, 'over')], opened };
  expect(chosenSelection(NOTHING, known)).toEqual(opened);
  expect(chosenSelection({ ...NOTHING, alert: 4 }, known)).toEqual({
    market: 'over_under',
    line: 2.5,
    outcome: 'over',
  });
  expect(chosenSelection({ ...NOTHING, market: '1x2', outcome: '2' }, known)).toMatchObject({ outcome: '2' });
});

import { expect, test } from 'vitest';
import { follow, summary } from './test-feed.ts';

const OPEN = [2.0, 3.4, 3.8];
const RIVALS = ['a', 'b', 'c'] as const;

function offered(settings = {}) {
  const event = follow(settings);
  event.findings(...['ours', ...RIVALS].map((bookmaker) => ({ bookmaker, minute: 0, odds: OPEN })));
  return event;
}

const theyMove = (minute: number, odds: readonly number[]) => RIVALS.map((bookmaker) => ({ bookmaker, minute, odds }));
const ofType = (findings: readonly { readonly type: string }[]) =>
  findings.filter((finding) => finding.type === 'direction_disagreement');

test('[DET14] we drift and the consensus shortens within the window: told once, whichever came first', () => {
  const ours = (minute: number) => [{ bookmaker: 'ours', minute, odds: [2.08, 3.35, 3.7] }];
  for (const stream of [
    [...ours(1), ...ours(8), ...theyMove(9, [1.92, 3.5, 3.9])],
    [...theyMove(1, [1.92, 3.5, 3.9]), ...theyMove(8, [1.92, 3.5, 3.9]), ...ours(9)],
  ]) {
    const found = ofType(offered().findings(...stream)) as ReturnType<ReturnType<typeof follow>['findings']>;
    expect(found.map(summary)).toEqual(['direction_disagreement elevated ours 1x2 1']);
    expect(found[0]).toMatchObject({
      oldMilliOdds: 2_000,
      newMilliOdds: 2_080,
      changeBasisPoints: 400,
      competitor: { bookmaker: 'consensus', direction: 'shortening' },
      explanation: { severityInputs: { ownDirection: 'drifting', competitorChangePercent: -4, ownChangePercent: 4 } },
    });
  }
});

test('[DET14] it is critical when we drift, they shorten and the gap is wide', () => {
  const wide = offered().findings(
    { bookmaker: 'ours', minute: 1, odds: [2.12, 3.35, 3.6] },
    ...theyMove(2, [1.88, 3.55, 4.1]),
  );
  expect(ofType(wide).map((finding) => (finding as { severity?: string }).severity)).toContain('critical');
  const harmless = offered({ foldOutcomes: false }).findings(
    { bookmaker: 'ours', minute: 1, odds: [1.88, 3.55, 4.1] },
    ...theyMove(2, [2.12, 3.35, 3.6]),
  );
  expect(ofType(harmless).length).toBeGreaterThan(0);
  const own = ofType(harmless).filter((finding) => (finding as { outcome?: string }).outcome === '1');
  expect(own.map((finding) => (finding as { severity?: string }).severity)).toEqual(['elevated']);
});

test('[DET213] of one disagreement only the outcome that we let drift is told', () => {
  const found = offered().findings(
    { bookmaker: 'ours', minute: 1, odds: [1.88, 3.55, 4.1] },
    ...theyMove(2, [2.12, 3.35, 3.6]),
  );
  const told = found.filter(({ type }) => type === 'direction_disagreement');
  expect(new Set(told.map(({ outcome }) => outcome))).toEqual(new Set(['2']));
  expect(told.at(-1)).toMatchObject({ severity: 'critical', changeBasisPoints: 789 });
});

test.each([
  ['the same direction', [1.92, 3.5, 3.9], [1.92, 3.5, 3.9], 2],
  ['ours below the minimum', [2.05, 3.4, 3.75], [1.92, 3.5, 3.9], 2],
  ['theirs below the minimum', [2.08, 3.35, 3.7], [1.95, 3.45, 3.85], 2],
  ['outside the window', [2.08, 3.35, 3.7], [1.92, 3.5, 3.9], 62],
])('[DET14] no disagreement: %s', (_why, ours, theirs, minute) => {
  expect(ofType(offered().findings({ bookmaker: 'ours', minute: 1, odds: ours }, ...theyMove(minute, theirs)))).toEqual(
    [],
  );
});

test('[DET14] two of three competitors are the consensus, one is not; a named one counts by itself', () => {
  const ours = { bookmaker: 'ours', minute: 1, odds: [2.08, 3.35, 3.7] };
  const [a, b] = theyMove(2, [1.92, 3.5, 3.9]);
  if (a === undefined || b === undefined) throw new Error('expected two competitors');
  expect(ofType(offered().findings(ours, a))).toEqual([]);
  expect(ofType(offered().findings(ours, a, b))).toHaveLength(1);
  const named = ofType(offered({ disagreementCompetitors: ['a'] }).findings(ours, a));
  expect(named.map((finding) => (finding as { competitor?: { bookmaker: string } }).competitor?.bookmaker)).toEqual([
    'a',
  ]);
});

test('[DET14] where too few competitors offer a market for a consensus, each of them counts by itself', () => {
  const event = follow();
  for (const bookmaker of ['ours', 'a']) event.hear({ bookmaker, minute: 0, odds: OPEN });
  const found = event.findings(
    { bookmaker: 'ours', minute: 1, odds: [2.08, 3.35, 3.7] },
    { bookmaker: 'a', minute: 2, odds: [1.92, 3.5, 3.9] },
  );
  expect(
    ofType(found).map((finding) => (finding as { competitor?: { bookmaker: string } }).competitor?.bookmaker),
  ).toEqual(['a']);
});

test.each(['lowvig', 'betonlineag'])(
  '[DET264] a named opponent counts by itself though it copies another: %s',
  (name) => {
    const event = follow({ disagreementCompetitors: [name] });
    const books = ['ours', 'betonlineag', 'lowvig', 'a'];
    event.findings(...books.map((bookmaker) => ({ bookmaker, minute: 0, odds: OPEN })));
    const found = event.findings(
      { bookmaker: 'ours', minute: 1, odds: [2.08, 3.35, 3.7] },
      ...['betonlineag', 'lowvig'].map((bookmaker) => ({ bookmaker, minute: 2, odds: [1.92, 3.5, 3.9] })),
    );
    const told = found.filter(({ type }) => type === 'direction_disagreement');
    expect(told.map(({ competitor }) => competitor?.bookmaker)).toEqual([name]);
  },
);

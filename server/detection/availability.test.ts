import { expect, test } from 'vitest';
import type { Settings } from '../../contracts/settings.ts';
import { EVENT_ID, KICKOFF_MS, MINUTE_MS, START_MS, follow, summary } from './test-feed.ts';

const OPEN = [2.0, 3.4, 3.8];
const TOTAL = { market: 'over_under', line: 2.5, odds: [1.9, 1.9] } as const;
const MINUTES_TO_KICKOFF = (KICKOFF_MS - START_MS) / MINUTE_MS;

const offered = (...rivals: readonly string[]) => offeredTo({}, ...rivals);

function offeredTo(settings: Partial<Settings>, ...rivals: readonly string[]) {
  const event = follow(settings);
  for (const bookmaker of ['ours', ...rivals]) {
    event.findings({ bookmaker, minute: 0, odds: OPEN }, { bookmaker, minute: 0, ...TOTAL });
  }
  return event;
}

test('[DET10] a flag, no outcomes, or only suspended outcomes shut a market once, and it keeps its prices', () => {
  for (const shut of [
    { odds: OPEN, suspended: true },
    { suspended: true },
    { odds: OPEN, suspendedOutcomes: [0, 1, 2] },
  ]) {
    const event = offered('a', 'b', 'c');
    const found = event.findings(
      { bookmaker: 'a', minute: 1, ...shut },
      { bookmaker: 'a', minute: 2, ...shut },
      { bookmaker: 'a', minute: 2, ...TOTAL },
    );
    expect(found.map(summary)).toEqual(['availability suspended warning a 1x2']);
    const quote = event.state().books.get('a')?.quotes.get('a|1x2|');
    expect(quote?.outcomes.map((outcome) => outcome.milliOdds)).toEqual([2_000, 3_400, 3_800]);
    expect(event.findings({ bookmaker: 'a', minute: 3, odds: OPEN }).map(summary)).toEqual([
      'availability returned warning a 1x2',
    ]);
  }
});

test('[DET10] one suspended outcome is no suspended market', () => {
  const event = offered('a');
  const { findings, quoteChanges } = event.hear({ bookmaker: 'a', minute: 1, odds: OPEN, suspendedOutcomes: [1] });
  expect([findings.length, quoteChanges.length]).toEqual([0, 1]);
});

test('[DET11] severity rises as more than half of the competitors shut, and is critical while we are open', () => {
  const event = offeredTo({ foldOffers: false }, 'a', 'b', 'c');
  const found = event.findings(
    { bookmaker: 'a', minute: 1, suspended: true },
    { bookmaker: 'b', minute: 2, suspended: true },
    { bookmaker: 'ours', minute: 3, suspended: true },
    { bookmaker: 'c', minute: 4, suspended: true },
  );
  expect(found.map(summary)).toEqual([
    'availability suspended warning a 1x2',
    'availability suspended critical b 1x2',
    'availability suspended warning ours 1x2',
    'availability suspended elevated c 1x2',
  ]);
  expect(found[1]?.explanation).toMatchObject({
    rule: 'b suspended 1x2; 2 of 3 competitors are shut, and we are open.',
    severityInputs: { from: 'open', to: 'suspended', ownState: 'open', competitors: 3, shutCompetitors: 2 },
  });
});

test('[DET11] exactly half, or a single competitor, is not most of them', () => {
  expect(offered('a', 'b').findings({ bookmaker: 'a', minute: 1, suspended: true }).map(summary)).toEqual([
    'availability suspended warning a 1x2',
  ]);
  expect(offered('a').findings({ bookmaker: 'a', minute: 1, suspended: true }).map(summary)).toEqual([
    'availability suspended warning a 1x2',
  ]);
});

test.each([
  [61, [], 'warning'],
  [60, [], 'critical'],
  [60, ['a'], 'warning'],
  [1, [], 'critical'],
])('[DET11] we shut %d minutes before kickoff, with %j shut before: %s', (minutesBefore, shut, severity) => {
  const event = offered('a', 'b', 'c');
  for (const bookmaker of shut) event.hear({ bookmaker, minute: 1, suspended: true });
  const found = event.findings({ bookmaker: 'ours', minute: MINUTES_TO_KICKOFF - minutesBefore, suspended: true });
  expect(found.map(summary)).toEqual([`availability suspended ${severity} ours 1x2`]);
});

test('[DET12] a market missing from two polls in a row that show other markets of its book is removed', () => {
  const event = offered('a');
  const found = [1, 2, 3].map((minute) => event.findings({ bookmaker: 'a', minute, odds: OPEN }).map(summary));
  expect(found).toEqual([[], [], ['availability removed warning a over_under 2.5']]);
  expect(event.state().books.get('a')?.quotes.get('a|over_under|2.5')).toMatchObject({
    state: 'removed',
    changedAtMs: START_MS + 3 * MINUTE_MS,
  });
  expect(event.findings({ bookmaker: 'a', minute: 3, ...TOTAL }).map(summary)).toEqual([
    'availability returned warning a over_under 2.5',
  ]);
});

test('[DET12] a removal names its event and its line, and its key is the same when found again', () => {
  const keys = [1, 2].map(() => {
    const event = offered('a');
    return event
      .findings(...[1, 2, 3].map((minute) => ({ bookmaker: 'a', minute, odds: OPEN })))
      .map((finding) => finding.alertKey);
  });
  const openedMs = START_MS + 3 * MINUTE_MS;
  expect(keys[0]).toEqual([`${EVENT_ID}|availability|a|over_under|2.5||removed|${openedMs}`]);
  expect(keys[1]).toEqual(keys[0]);
});

test('[DET12] one missed poll is nothing, and neither is a second one after a return', () => {
  const event = offered('a');
  const found = event.findings(
    { bookmaker: 'a', minute: 1, odds: OPEN },
    { bookmaker: 'a', minute: 2, odds: OPEN },
    { bookmaker: 'a', minute: 2, ...TOTAL },
    { bookmaker: 'a', minute: 3, odds: OPEN },
    { bookmaker: 'a', minute: 4, odds: OPEN },
    { bookmaker: 'a', minute: 4, ...TOTAL },
    { bookmaker: 'a', minute: 5, odds: OPEN },
  );
  expect(found).toEqual([]);
});

test('[DET12] a whole book that falls silent loses nothing', () => {
  const event = offered('a', 'b');
  const found = event.findings(...[1, 2, 3, 4].map((minute) => ({ bookmaker: 'b', minute, odds: OPEN })));
  expect(found.map((finding) => finding.bookmaker)).toEqual(['b']);
  expect([...(event.state().books.get('a')?.quotes.values() ?? [])].map((quote) => quote.state)).toEqual([
    'open',
    'open',
  ]);
});

test('[DET12] markets stamped some milliseconds apart belong to one poll', () => {
  const event = follow();
  const found = [0, 1, 2, 3, 4].flatMap((minute) =>
    event.findings(
      { bookmaker: 'ours', minute, odds: OPEN },
      { bookmaker: 'ours', minute: minute + 0.002, market: 'btts', odds: [1.8, 2] },
      { bookmaker: 'ours', minute: minute + 0.004, ...TOTAL },
      { bookmaker: 'a', minute, odds: OPEN },
    ),
  );
  expect(found).toEqual([]);
});

test('[DET13] a line that vanishes from a standing ladder alerts with that line, one replaced by a new line does not', () => {
  const ladder = follow();
  const line = (minute: number, at: number) => ({ bookmaker: 'a', minute, ...TOTAL, line: at });
  ladder.hear({ bookmaker: 'ours', minute: 0, ...TOTAL });
  const vanished = ladder.findings(
    line(0, 1.5),
    line(0, 2.5),
    line(0, 3.5),
    ...[1, 2, 3].flatMap((minute) => [line(minute, 1.5), line(minute, 3.5)]),
  );
  expect(vanished.map(summary)).toEqual(['availability removed warning a over_under 2.5']);
  expect(ladder.findings(line(3, 2.5)).map(summary)).toEqual(['availability returned warning a over_under 2.5']);

  const replaced = follow();
  replaced.hear({ bookmaker: 'ours', minute: 0, ...TOTAL });
  expect(replaced.findings(line(0, 2.5), ...[1, 2, 3, 4].map((minute) => line(minute, 3)))).toEqual([]);
});

test('[DET13] a market that is suspended and then left out is told once', () => {
  const event = offered('a');
  const found = event.findings(
    { bookmaker: 'a', minute: 1, odds: OPEN },
    { bookmaker: 'a', minute: 1, market: 'over_under', line: 2.5, suspended: true },
    ...[2, 3, 4, 5].map((minute) => ({ bookmaker: 'a', minute, odds: OPEN })),
  );
  expect(found.map(summary)).toEqual(['availability suspended warning a over_under 2.5']);
});

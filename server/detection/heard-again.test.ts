import { expect, test } from 'vitest';
import type { Finding } from './detection.ts';
import { detect } from './detect.ts';
import { emptyEventState } from './detection.ts';
import { HEARD_AGAIN_KEY } from './heard-again.ts';
import type { HistoryVersion } from './event-history.ts';
import { pollsOf } from './history-polls.ts';
import type { Observation } from './observation.ts';
import { replayMemory } from './replay-memory.ts';
import { KICKOFF_MS, MINUTE_MS, SETTINGS, START_MS, follow, say } from './test-feed.ts';

const HOURS = 12;
const BOOKS = ['ours', 'a', 'b', 'c', 'd'];
const context = { eventId: 1 };

/** A repeatable stream of numbers in [0, 1). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A match whose market moves in steps that some books follow late, ours the latest, and of which a book now and then
 * shows a mistake for one poll. Sweeps come at uneven times: no rule tells when the next one is.
 */
function* feed(seed: number, everyMs: number): Generator<Observation> {
  const random = createRandom(seed);
  let truth = 2;
  const shown = new Map(BOOKS.map((book) => [book, truth]));
  for (
    let atMs = START_MS;
    atMs < START_MS + HOURS * 60 * MINUTE_MS;
    atMs += Math.round(everyMs * (0.7 + 0.6 * random()))
  ) {
    if (random() < 0.03) truth = Math.min(Math.max(truth * (random() < 0.5 ? 0.86 : 1.16), 1.5), 3.2);
    for (const bookmaker of BOOKS) {
      const isFollowing = random() < (bookmaker === 'ours' ? 0.06 : 0.4);
      if (isFollowing) shown.set(bookmaker, truth);
      const isMistaken = random() < 0.004;
      const home = Math.round((isMistaken ? 1.3 : (shown.get(bookmaker) ?? truth)) * 100) / 100;
      const rest = (1.05 - 1 / home) / 2;
      const odds = [home, Math.round(100 / rest) / 100, Math.round(100 / rest) / 100];
      yield { ...say({ bookmaker, minute: 0, odds }), observedAtMs: atMs };
    }
  }
}

/** Every alert with when it was found first. */
function createFound() {
  const alerts = new Map<string, { readonly type: Finding['type']; readonly atMs: number }>();
  return {
    alerts,
    take(findings: readonly Finding[], atMs: number): void {
      for (const { alertKey, type } of findings) if (!alerts.has(alertKey)) alerts.set(alertKey, { type, atMs });
    },
  };
}

test.each([
  { seed: 1, everyMs: MINUTE_MS },
  { seed: 2, everyMs: MINUTE_MS },
  { seed: 3, everyMs: 3 * MINUTE_MS },
  { seed: 4, everyMs: 3 * MINUTE_MS },
  { seed: 5, everyMs: 20_000 },
  { seed: 6, everyMs: 45_000 },
])(
  '[DET268] a replay of what was stored finds every alert at the poll at which it was found: %j',
  ({ seed, everyMs }) => {
    const live = createFound();
    const versions: HistoryVersion[] = [];
    let state = emptyEventState(KICKOFF_MS);
    let event: Observation['event'] | undefined;
    for (const observation of feed(seed, everyMs)) {
      event ??= observation.event;
      const detection = detect(state, observation, SETTINGS, context);
      ({ state } = detection);
      live.take(detection.findings, observation.observedAtMs);
      versions.push(...detection.quoteChanges.map((quote) => ({ ...quote, observedAtMs: quote.changedAtMs })));
    }
    if (event === undefined) throw new Error('expected a feed');
    const memory = JSON.parse(JSON.stringify([...state.memory].map(([key, kept]) => ({ key, memory: kept }))));
    const again = createFound();
    state = emptyEventState(KICKOFF_MS);
    const range = { fromMs: START_MS, toMs: START_MS + HOURS * 60 * MINUTE_MS };
    for (const observation of pollsOf({ described: event, versions, ...replayMemory(memory) }, range)) {
      const detection = detect(state, observation, SETTINGS, context);
      ({ state } = detection);
      again.take(detection.findings, observation.observedAtMs);
    }
    const types = new Set([...live.alerts.values()].map(({ type }) => type));
    expect(types).toContain('price_change');
    expect([...types].filter((type) => type === 'lagging' || type === 'off_market')).not.toEqual([]);
    expect([...again.alerts].toSorted()).toEqual([...live.alerts].toSorted());
  },
);

test('[DET269] of unchanged polls those that decided something are remembered, with the poll before them, and only those', () => {
  const event = follow();
  for (const bookmaker of BOOKS) event.hear({ bookmaker, minute: 0, odds: [2, 3.4, 3.8] });
  const again = () => event.state().memory.get(HEARD_AGAIN_KEY);
  for (const bookmaker of BOOKS) event.hear({ bookmaker, minute: 1, odds: [2, 3.4, 3.8] });
  expect(again()).toBeUndefined();
  for (const bookmaker of BOOKS.slice(1)) event.hear({ bookmaker, minute: 2, odds: [1.7, 3.6, 4.9] });
  for (const minute of [2, 3.5, 5]) event.hear({ bookmaker: 'ours', minute, odds: [2, 3.4, 3.8] });
  const at = (minute: number): number => START_MS + minute * MINUTE_MS;
  expect(again()).toEqual({
    polls: [
      ['ours', at(2), at(3.5)],
      ['ours', at(3.5), at(5)],
    ],
  });
});

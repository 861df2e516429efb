import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detect } from './detect.ts';
import {
  type EventState,
  type Finding,
  type Memory,
  type QuoteRow,
  type QuoteVersion,
  emptyEventState,
  quoteKey,
} from './detection.ts';
import { buildEventState, rememberRunningPolls } from './event-state.ts';
import type { Observation } from './observation.ts';
import { EVENT_ID, KICKOFF_MS, MINUTE_MS, SETTINGS, START_MS, say } from './test-feed.ts';

const context = { eventId: EVENT_ID };

const MARKETS = [
  { market: '1x2', line: null, outcomes: 3 },
  { market: 'btts', line: null, outcomes: 2 },
  { market: 'over_under', line: 2.5, outcomes: 2 },
  { market: 'over_under', line: 3.5, outcomes: 2 },
] as const;

/** Few books, few prices and short times, so that duplicates, swaps, absences and late arrivals are frequent. */
const observation: fc.Arbitrary<Observation> = fc
  .record({
    bookmaker: fc.constantFrom('ours', 'a', 'b'),
    offer: fc.constantFrom(...MARKETS),
    poll: fc.integer({ min: 0, max: 12 }),
    lateMs: fc.constantFrom(0, 0, 0, 300, 700),
    prices: fc.array(fc.constantFrom(1.8, 1.9, 2, 2.1, 2.4), { minLength: 3, maxLength: 3 }),
    shut: fc.constantFrom('no', 'no', 'no', 'no', 'flag', 'empty', 'outcome'),
    kickoffMinutes: fc.constantFrom(0, 0, 0, 5, -1_436),
  })
  .map(({ bookmaker, offer, poll, lateMs, prices, shut, kickoffMinutes }) =>
    say({
      bookmaker,
      market: offer.market,
      line: offer.line,
      minute: poll + lateMs / MINUTE_MS,
      odds: shut === 'empty' ? [] : prices.slice(0, offer.outcomes),
      suspended: shut === 'flag' || shut === 'empty',
      suspendedOutcomes: shut === 'outcome' ? [0] : [],
      kickoffMs: KICKOFF_MS + kickoffMinutes * MINUTE_MS,
    }),
  );

/** Mostly in the order of their times, as feeds are, with some that come late. */
const stream = fc
  .array(fc.tuple(observation, fc.boolean(), fc.boolean()), { maxLength: 120 })
  .map((items) =>
    items.map(([item, late, later]) => ({ item, atMs: item.observedAtMs + (late && later ? 90_000 : 0) })),
  )
  .map((items) => items.toSorted((a, b) => a.atMs - b.atMs).map(({ item }) => item));

function run(start: EventState, observations: readonly Observation[]): { state: EventState; findings: Finding[] } {
  let state = start;
  const findings: Finding[] = [];
  for (const each of observations) {
    const detection = detect(state, each, SETTINGS, context);
    state = detection.state;
    findings.push(...detection.findings);
  }
  return { state, findings };
}

function deepFreeze(value: unknown): void {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return;
  if (value instanceof Map) {
    const refuse = (): never => {
      throw new Error('a state was changed in place');
    };
    // Freezing an object does not freeze what a Map holds: its own doors are shut instead.
    for (const entry of value.values()) deepFreeze(entry);
    Object.setPrototypeOf(
      value,
      Object.create(Map.prototype, { set: { value: refuse }, delete: { value: refuse }, clear: { value: refuse } }),
    );
    Object.freeze(value);
    return;
  }
  Object.freeze(value);
  for (const entry of Object.values(value)) deepFreeze(entry);
}

test('[DET15] detection never touches what it is given', () => {
  fc.assert(
    fc.property(stream, (observations) => {
      let state = emptyEventState(KICKOFF_MS);
      const settings = structuredClone(SETTINGS);
      deepFreeze(settings);
      for (const each of observations) {
        deepFreeze(state);
        deepFreeze(each);
        state = detect(state, each, settings, context).state;
      }
      expect(state.books.size).toBeLessThanOrEqual(3);
    }),
  );
});

test('[DET4] a snapshot heard twice changes something once at most', () => {
  fc.assert(
    fc.property(stream, observation, (observations, each) => {
      const { state } = run(emptyEventState(KICKOFF_MS), observations);
      const once = detect(state, each, SETTINGS, context);
      const twice = detect(once.state, each, SETTINGS, context);
      expect(twice.state).toBe(once.state);
      expect([twice.quoteChanges, twice.memoryChanges, twice.findings]).toEqual([[], [], []]);
    }),
  );
});

test('[DET15] the order of the outcomes in a snapshot does not matter', () => {
  const keys = (findings: readonly Finding[]): string[] =>
    findings.map((finding) => `${finding.alertKey} ${finding.severity}`).toSorted();
  fc.assert(
    fc.property(stream, fc.array(fc.boolean(), { minLength: 120, maxLength: 120 }), (observations, reversed) => {
      const turned = observations.map((each, index) =>
        reversed[index] ? { ...each, outcomes: each.outcomes.toReversed() } : each,
      );
      expect(keys(run(emptyEventState(KICKOFF_MS), turned).findings)).toEqual(
        keys(run(emptyEventState(KICKOFF_MS), observations).findings),
      );
    }),
  );
});

/** What the database would hold after batches cut at `cuts`, and what a process that begins there finds. */
function runWithRestarts(observations: readonly Observation[], cuts: readonly number[]): Finding[] {
  const rows = {
    quotes: new Map<string, QuoteRow>(),
    history: [] as QuoteVersion[],
    memory: new Map<string, Memory>(),
    lastSeen: new Map<string, number>(),
  };
  const findings: Finding[] = [];
  let kickoffMs = KICKOFF_MS;
  let begin = 0;
  for (const end of [...cuts, observations.length]) {
    let state = buildEventState({
      kickoffMs,
      quotes: JSON.parse(JSON.stringify([...rows.quotes.values()])) as QuoteRow[],
      history: JSON.parse(JSON.stringify(rows.history)) as QuoteVersion[],
      lookBackMs: SETTINGS.lookBackMinutes * MINUTE_MS,
      lastSeen: [...rows.lastSeen].map(([bookmaker, lastSeenMs]) => ({ bookmaker, lastSeenMs })),
      memory: [...rows.memory].map(([key, memory]) => ({ key, memory: JSON.parse(JSON.stringify(memory)) as Memory })),
    });
    const store = (changes: readonly { readonly key: string; readonly memory: Memory | null }[]): void => {
      for (const { key, memory } of changes) {
        if (memory === null) rows.memory.delete(key);
        else rows.memory.set(key, memory);
      }
    };
    for (const each of observations.slice(begin, end)) {
      const detection = detect(state, each, SETTINGS, context);
      state = detection.state;
      for (const { recent: _window, fair: _fair, ...quote } of detection.quoteChanges) {
        rows.quotes.set(quoteKey(quote), quote);
        rows.history.push({
          key: quoteKey(quote),
          observedAtMs: quote.observedAtMs,
          state: quote.state,
          outcomes: quote.outcomes,
        });
      }
      store(detection.memoryChanges);
      findings.push(...detection.findings);
    }
    const remembered = rememberRunningPolls(state);
    store(remembered.memoryChanges);
    for (const [bookmaker, book] of remembered.state.books) rows.lastSeen.set(bookmaker, book.lastSeenMs);
    kickoffMs = remembered.state.kickoffMs;
    begin = end;
  }
  return findings;
}

const byKey = (a: Finding, b: Finding): number => (a.alertKey < b.alertKey ? -1 : 1);

test('[DET16] restarts in the middle change nothing of what is found', () => {
  fc.assert(
    fc.property(stream, fc.array(fc.nat({ max: 120 }), { maxLength: 6 }), (observations, cuts) => {
      const sorted = cuts.map((cut) => Math.min(cut, observations.length)).toSorted((a, b) => a - b);
      const straight = run(emptyEventState(KICKOFF_MS), observations).findings;
      expect(runWithRestarts(observations, sorted).toSorted(byKey)).toEqual(straight.toSorted(byKey));
    }),
    { numRuns: 300 },
  );
});

/** Two-way prices of books that follow one another, go back, and come again. */
const following = fc
  .array(
    fc.record({
      bookmaker: fc.constantFrom('ours', 'a', 'b'),
      minutes: fc.constantFrom(0.005, 1, 5, 20, 70),
      odds: fc.constantFrom([2.05, 1.75], [1.9, 1.88], [1.82, 1.99], [1.7, 2.15], [2.3, 1.6]),
    }),
    { minLength: 5, maxLength: 40 },
  )
  .map((steps) => {
    const from = { market: 'moneyline', odds: [2.05, 1.75] } as const;
    const opening = ['ours', 'a', 'b'].map((bookmaker) => say({ ...from, bookmaker, minute: 0 }));
    let minute = 0;
    const moves = steps.map(({ bookmaker, minutes, odds }) => {
      minute += minutes;
      return say({ ...from, bookmaker, minute, odds });
    });
    return [...opening, ...moves];
  });

test('[DET288] a restart between a competitor and us changes nothing of the alert that comes to speak of our price', () => {
  let followed = 0;
  fc.assert(
    fc.property(following, fc.array(fc.nat({ max: 43 }), { maxLength: 6 }), (observations, cuts) => {
      const sorted = cuts.map((cut) => Math.min(cut, observations.length)).toSorted((a, b) => a - b);
      const straight = run(emptyEventState(KICKOFF_MS), observations).findings;
      followed += straight.filter(({ explanation }) => explanation.severityInputs.follows !== undefined).length;
      expect(runWithRestarts(observations, sorted).toSorted(byKey)).toEqual(straight.toSorted(byKey));
    }),
    { numRuns: 300 },
  );
  expect(followed).toBeGreaterThan(100);
});

test('[DET15] nothing is found at or after the kickoff that is announced', () => {
  fc.assert(
    fc.property(stream, (observations) => {
      let state = emptyEventState(KICKOFF_MS);
      for (const each of observations) {
        const detection = detect(state, each, SETTINGS, context);
        state = detection.state;
        if (each.observedAtMs >= state.kickoffMs) expect(detection.findings).toEqual([]);
        for (const finding of detection.findings)
          expect(Date.parse(finding.explanation.observedAt)).toBeGreaterThanOrEqual(START_MS);
      }
    }),
  );
});

import { expect, test } from 'vitest';
import { detect } from './detect.ts';
import { type EventState, type Finding, emptyEventState } from './detection.ts';
import type { Observation } from './observation.ts';
import { EVENT_ID, KICKOFF_MS, SETTINGS, say } from './test-feed.ts';

/** Everything that a match of three books and our own finds, all names being made by `named`. */
function findingsOf(named: (name: string) => string): { findings: Finding[]; state: EventState } {
  const settings = {
    ...SETTINGS,
    ownBookmaker: named('ours'),
    bookmakerWeights: { [named('b')]: 2 },
    spikeHoldPoints: { own: 100, competitor: 100 },
    foldOutcomes: false,
  };
  let state = emptyEventState(KICKOFF_MS);
  const findings: Finding[] = [];
  const hear = (bookmaker: string, minute: number, odds: readonly number[]): void => {
    const said = say({ bookmaker: named(bookmaker), minute, odds });
    const outcomes = said.outcomes.map((outcome) => ({ ...outcome, name: named(outcome.name) }));
    const observation: Observation = { ...said, outcomes };
    const detection = detect(state, observation, settings, { eventId: EVENT_ID });
    // What is remembered goes through the database.
    const memory = new Map(
      [...detection.state.memory].map(([key, kept]) => [key, JSON.parse(JSON.stringify(kept))] as const),
    );
    state = { ...detection.state, memory };
    findings.push(...detection.findings);
  };
  const books = ['ours', 'a', 'b', 'c'];
  for (const book of books) hear(book, 0, [2, 3.4, 3.8]);
  for (const minute of [1, 2, 3, 4]) {
    for (const book of books.slice(1)) hear(book, minute, [1.8, 3.5, 4.3]);
    hear('ours', minute, minute < 3 ? [2, 3.4, 3.8] : [2.1, 3.35, 3.6]);
  }
  hear('a', 5, [2, 3.4, 3.8]);
  hear('a', 80, [1.8, 3.5, 4.3]);
  return { findings, state };
}

test.each(['constructor', '__proto__', 'toString'])(
  '[DET265] a book or an outcome may have the name of something that every object has: %s',
  (name) => {
    const kinds = ({ findings }: ReturnType<typeof findingsOf>) =>
      findings.map(({ type, severity, occurrences, isNews }) => [type, severity, occurrences, isNews]);
    const plain = kinds(findingsOf((asked) => asked));
    expect(new Set(plain.map(([type]) => type))).toContain('off_market');
    expect(new Set(plain.map(([type]) => type))).toContain('direction_disagreement');
    for (const replaced of ['ours', 'a', 'b', '1', '2']) {
      const odd = findingsOf((asked) => (asked === replaced ? name : asked));
      expect(kinds(odd)).toEqual(plain);
    }
  },
);

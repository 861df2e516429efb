import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { errorCode } from '../../contracts/errors.ts';
import { createWriteQueue } from './write-queue.ts';

const MAX_ROWS = 30;
const MAX_BYTES = 300;
const MAX_GROUP_ROWS = 8;
const DEADLINE_MS = 400;
const HORIZON_MS = 20_000;

type Arrival = { readonly afterMs: number; readonly rows: number; readonly bytes: number; readonly isPoison: boolean };
/** `lost_answer`: the commit took, and the connection broke before the database could say so. */
type CommitStep = { readonly tookMs: number; readonly end: 'ok' | 'transient' | 'lost_answer' };
type Payload = { readonly key: number; readonly isPoison: boolean };

const arrivals = fc.array(
  fc.record<Arrival>({
    afterMs: fc.oneof(fc.constant(0), fc.nat(120)),
    rows: fc.oneof(
      { weight: 20, arbitrary: fc.integer({ min: 1, max: 10 }) },
      { weight: 1, arbitrary: fc.constant(MAX_ROWS * 2) },
    ),
    bytes: fc.integer({ min: 1, max: 100 }),
    isPoison: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  }),
  { minLength: 1, maxLength: 40 },
);
const commitSteps = fc.array(
  fc.record<CommitStep>({
    tookMs: fc.oneof(fc.constant(0), fc.nat(150), fc.constant(DEADLINE_MS * 2)),
    end: fc.oneof(
      { weight: 6, arbitrary: fc.constant('ok' as const) },
      { weight: 3, arbitrary: fc.constant('transient' as const) },
      { weight: 1, arbitrary: fc.constant('lost_answer' as const) },
    ),
  }),
  { maxLength: 60 },
);

const TRANSIENT = new Error('connection lost');
const POISON = new Error('value out of range');
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The reference: a table that takes every key once, in the order in which transactions ended. */
function createTable(steps: readonly CommitStep[]) {
  const stored = new Set<number>();
  const groups: number[][] = [];
  let attempt = 0;
  let isBusy = false;
  return {
    stored,
    groups,
    commit: async (group: readonly Payload[]): Promise<readonly number[]> => {
      expect(isBusy, 'two transactions at once').toBe(false);
      isBusy = true;
      const step = steps[attempt++] ?? { tookMs: 1, end: 'ok' };
      groups.push(group.map((payload) => payload.key));
      await sleep(step.tookMs);
      isBusy = false;
      if (step.end === 'transient') throw TRANSIENT;
      if (group.some((payload) => payload.isPoison)) throw POISON;
      for (const payload of group) stored.add(payload.key);
      if (step.end === 'lost_answer') throw TRANSIENT;
      return group.map((payload) => payload.key);
    },
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('[WQ16] whatever arrives and fails: each push settles once, stored is what resolved, order and bounds hold', async () => {
  await fc.assert(
    fc.asyncProperty(
      arrivals,
      commitSteps,
      fc.infiniteStream(fc.double({ min: 0, max: 0.99, noNaN: true })),
      async (all, steps, dice) => {
        const table = createTable(steps);
        const announced: number[] = [];
        const settlements = new Map<number, string[]>();
        const resolvedOrder: number[] = [];
        const queue = createWriteQueue<Payload, number>({
          commit: table.commit,
          onCommitted: (results) => void announced.push(...results),
          isTransient: (error) => error === TRANSIENT,
          maxRows: MAX_ROWS,
          maxBytes: MAX_BYTES,
          maxGroupRows: MAX_GROUP_ROWS,
          deadlineMs: DEADLINE_MS,
          retry: { firstDelayMs: 10, maxDelayMs: 100 },
          now: () => Date.now(),
          random: () => dice.next().value ?? 0,
        });

        const note = (key: number, how: string): void =>
          void settlements.set(key, [...(settlements.get(key) ?? []), how]);
        const runProducer = async (): Promise<void> => {
          for (const [key, arrival] of all.entries()) {
            if (arrival.afterMs > 0) await sleep(arrival.afterMs);
            const payload = { key, isPoison: arrival.isPoison };
            void queue.push({ rows: arrival.rows, bytes: arrival.bytes, payload }).then(
              (result) => {
                expect(result).toBe(key);
                expect(table.stored.has(key), 'resolved before it was stored').toBe(true);
                resolvedOrder.push(key);
                return note(key, 'stored');
              },
              (error: unknown) => note(key, error === POISON ? 'poison' : errorCode(error)),
            );
            const depth = queue.depth();
            const isOneLarge = depth.items === 1 && arrival.rows > MAX_ROWS;
            if (!isOneLarge && depth.rows > MAX_ROWS) expect(depth.items, 'rows over the bound').toBe(1);
            expect(depth.bytes).toBeLessThanOrEqual(MAX_BYTES);
          }
        };
        void runProducer();
        await vi.advanceTimersByTimeAsync(HORIZON_MS);
        void queue.close();
        await vi.advanceTimersByTimeAsync(HORIZON_MS);

        const outcomeOf = (key: number): string | undefined => settlements.get(key)?.[0];
        const keys = all.map((_arrival, key) => key);
        expect(
          keys.filter((key) => settlements.get(key)?.length !== 1),
          'not settled exactly once',
        ).toEqual([]);
        for (const key of keys) {
          const outcome = outcomeOf(key);
          const isPoison = all[key]?.isPoison === true;
          if (outcome === 'stored') expect(isPoison).toBe(false);
          if (outcome === 'poison') expect(isPoison).toBe(true);
          expect(['stored', 'poison', 'queue_full', 'database_unavailable']).toContain(outcome);
        }
        const resolved = keys.filter((key) => outcomeOf(key) === 'stored');
        const storedUnanswered = [...table.stored].filter((key) => outcomeOf(key) !== 'stored');
        expect([...table.stored].toSorted((a, b) => a - b).filter((key) => !storedUnanswered.includes(key))).toEqual(
          resolved,
        );
        // Stored without an answer is only ever an answer that was lost and then ran out of time.
        expect(storedUnanswered.every((key) => outcomeOf(key) === 'database_unavailable')).toBe(true);
        if (!steps.some((step) => step.end === 'lost_answer')) expect(storedUnanswered).toEqual([]);

        expect(resolvedOrder, 'answered out of order').toEqual(resolved);
        expect([...table.stored], 'stored out of order').toEqual([...table.stored].toSorted((a, b) => a - b));
        expect(announced, 'announced out of order').toEqual(resolved);
        for (const group of table.groups) {
          const groupRows = group.reduce((sum, key) => sum + (all[key]?.rows ?? 0), 0);
          if (group.length > 1) expect(groupRows).toBeLessThanOrEqual(MAX_GROUP_ROWS);
        }
        expect(queue.depth()).toEqual({ items: 0, rows: 0, bytes: 0, oldestAgeMs: 0, committing: 0 });
        expect(vi.getTimerCount()).toBe(0);
      },
    ),
    { numRuns: 300 },
  );
});

import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Severity } from '../../contracts/alert.ts';
import { SEVERITIES } from '../../contracts/alert-words.ts';
import { eventIdSchema } from '../../contracts/ids.ts';
import { MAX_EVENT_IDS } from '../../contracts/socket.ts';
import { createCoalescer } from './coalesce.ts';
import { type OddsChange, mergeOdds, oddsUpdateMessage } from './odds-update-message.ts';
import { type RiskAlertChange, mergeRiskAlerts, riskAlertMessage } from './risk-alert-message.ts';

const GAP_MS = 100;
const RETRY_MS = 300;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount(), 'timers left behind').toBe(0);
  vi.useRealTimers();
});

function setup(failFirst = 0) {
  const sent: { readonly atMs: number; readonly numbers: readonly number[] }[] = [];
  const startMs = Date.now();
  let attempts = 0;
  const coalescer = createCoalescer<readonly number[]>({
    merge: (earlier, later) => [...earlier, ...later],
    send: (numbers) => {
      attempts += 1;
      if (attempts <= failFirst) throw new Error('no counts');
      sent.push({ atMs: Date.now() - startMs, numbers });
    },
    minGapMs: GAP_MS,
    retryMs: RETRY_MS,
  });
  return { coalescer, sent };
}

test('[HUB1] the first change leaves in the same turn, the rest of a burst together after the gap, and then it is quiet', async () => {
  const { coalescer, sent } = setup();
  [1, 2, 3].forEach((number) => coalescer.push([number]));
  expect(sent).toEqual([{ atMs: 0, numbers: [1] }]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sent).toEqual([
    { atMs: 0, numbers: [1] },
    { atMs: GAP_MS, numbers: [2, 3] },
  ]);
  coalescer.push([4]);
  expect(sent.at(-1)).toEqual({ atMs: 1_000, numbers: [4] });
  await coalescer.close();
});

test('[HUB2] a change whose sending fails is sent again, with what came since', async () => {
  const { coalescer, sent } = setup(2);
  coalescer.push([1]);
  await vi.advanceTimersByTimeAsync(RETRY_MS);
  coalescer.push([2]);
  await vi.advanceTimersByTimeAsync(RETRY_MS);
  expect(sent).toEqual([{ atMs: 2 * RETRY_MS, numbers: [1, 2] }]);
  await coalescer.close();
});

test('[HUB3] closing sends what waits at once, also behind a send under way, and takes nothing after', async () => {
  const sent: string[] = [];
  const coalescer = createCoalescer<string>({
    merge: (earlier, later) => earlier + later,
    send: async (change) => {
      await sleep(50);
      sent.push(change);
    },
    minGapMs: GAP_MS,
    retryMs: RETRY_MS,
  });
  coalescer.push('a');
  coalescer.push('b');
  const closing = coalescer.close();
  expect(coalescer.close()).toBe(closing);
  await vi.advanceTimersByTimeAsync(100);
  await closing;
  coalescer.push('c');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sent).toEqual(['a', 'b']);
});

const changes = fc.record({
  afterMs: fc.oneof(fc.constant(0), fc.nat(250)),
  seqs: fc.integer({ min: 1, max: 5 }),
  alertCount: fc.nat(20),
  eventIds: fc.array(
    fc.integer({ min: 1, max: 40 }).map((id) => eventIdSchema.parse(id)),
    { maxLength: 12 },
  ),
  severities: fc.array(fc.constantFrom<Severity>(...SEVERITIES), { maxLength: 3 }),
});
const sends = fc.array(
  fc.record({ tookMs: fc.oneof(fc.constant(0), fc.nat(300)), fails: fc.nat(3).map((dice) => dice === 0) }),
  { maxLength: 40 },
);

test('[HUB4] whatever arrives and fails: nothing is lost in the merge, never more than ten a second, the last watermark arrives', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(changes, { minLength: 1, maxLength: 60 }), sends, async (all, steps) => {
      const sent: { readonly atMs: number; readonly change: RiskAlertChange }[] = [];
      let attempt = 0;
      const coalescer = createCoalescer<RiskAlertChange>({
        merge: mergeRiskAlerts,
        send: async (change) => {
          const step = steps[attempt++] ?? { tookMs: 0, fails: false };
          await sleep(step.tookMs);
          if (step.fails) throw new Error('no counts');
          sent.push({ atMs: Date.now(), change });
        },
        minGapMs: GAP_MS,
        retryMs: RETRY_MS,
      });
      let seq = 0;
      const announced: RiskAlertChange[] = [];
      for (const { afterMs, seqs, ...rest } of all) {
        if (afterMs > 0) await vi.advanceTimersByTimeAsync(afterMs);
        const change: RiskAlertChange = { ...rest, watermark: { epoch: 'one', seq: (seq += seqs) } };
        announced.push(change);
        coalescer.push(change);
      }
      await vi.advanceTimersByTimeAsync(60_000);
      await coalescer.close();

      const total = (list: readonly RiskAlertChange[]): number =>
        list.reduce((sum, change) => sum + change.alertCount, 0);
      const union = <Key extends 'eventIds' | 'severities'>(key: Key, list: readonly RiskAlertChange[]): unknown[] =>
        [...new Set(list.flatMap((change): readonly unknown[] => change[key]))].toSorted();
      const sentChanges = sent.map(({ change }) => change);
      expect(total(sentChanges)).toBe(total(announced));
      expect(union('eventIds', sentChanges)).toEqual(union('eventIds', announced));
      expect(union('severities', sentChanges)).toEqual(union('severities', announced));
      expect(sentChanges.at(-1)?.watermark.seq).toBe(seq);
      const seqsSent = sentChanges.map((change) => change.watermark.seq);
      expect(seqsSent).toEqual(seqsSent.toSorted((a, b) => a - b));
      for (const [index, { atMs }] of sent.entries()) {
        const inSecond = sent.slice(index).filter((later) => later.atMs < atMs + 1_000);
        expect(inSecond.length).toBeLessThanOrEqual(10);
      }
    }),
    { numRuns: 200 },
  );
});

const ids = (count: number) => Array.from({ length: count }, (_, index) => eventIdSchema.parse(index + 1));
const counts = { new: 3, acknowledged: 2, past: 1 };

test.each([
  [0, 0, undefined],
  [MAX_EVENT_IDS, MAX_EVENT_IDS, undefined],
  [MAX_EVENT_IDS + 1, MAX_EVENT_IDS, true],
  [500, MAX_EVENT_IDS, true],
])(
  '[HUB5] of %i events a notification names %i, each once, and says whether that is all',
  (given, named, truncated) => {
    const change: RiskAlertChange = {
      watermark: { epoch: 'one', seq: 7 },
      alertCount: given,
      eventIds: [...ids(given), ...ids(Math.min(given, 5))],
      severities: ['warning', 'critical', 'warning'],
    };
    const { type, timestamp, data } = riskAlertMessage({ change, counts, nowMs: 0 });
    expect({ type, timestamp }).toEqual({ type: 'risk_alert', timestamp: '1970-01-01T00:00:00.000Z' });
    expect(data.event_ids).toEqual(ids(named));
    expect(data.truncated).toBe(truncated);
    expect(data.severities).toEqual(['critical', 'warning']);
    expect(data).toMatchObject({ alert_count: given, epoch: 'one', seq: 7, counts });
  },
);

test('[HUB6] a merge of more events than fit stays bounded and says so; a new epoch outranks a larger seq of the old one', () => {
  const of = (epoch: string, seq: number, from: number): RiskAlertChange => ({
    watermark: { epoch, seq },
    alertCount: 1,
    eventIds: ids(from + 60).slice(from),
    severities: [],
  });
  const merged = mergeRiskAlerts(mergeRiskAlerts(of('old', 900, 0), of('old', 901, 60)), of('new', 3, 120));
  expect(merged.eventIds.length).toBe(MAX_EVENT_IDS + 1);
  expect(merged.watermark).toEqual({ epoch: 'new', seq: 3 });
  expect(mergeRiskAlerts(of('new', 5, 0), of('new', 4, 0)).watermark).toEqual({ epoch: 'new', seq: 5 });
  expect(riskAlertMessage({ change: merged, counts, nowMs: 0 }).data.truncated).toBe(true);
});

test('[HUB44] an odds_update says truncated when more events changed than its source could name, also after a merge', () => {
  const of = (truncated: boolean): OddsChange => ({
    watermark: { epoch: 'one', seq: 1 },
    eventIds: ids(2),
    bookmakers: ['alpha'],
    truncated,
  });
  expect(oddsUpdateMessage(of(false), 0).data.truncated).toBeUndefined();
  expect(oddsUpdateMessage(mergeOdds(of(true), of(false)), 0).data.truncated).toBe(true);
  expect(oddsUpdateMessage(mergeOdds(of(false), of(true)), 0).data.truncated).toBe(true);
});

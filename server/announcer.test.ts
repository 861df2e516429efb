import { expect, test } from 'vitest';
import { SEVERITIES } from '../contracts/alert-words.ts';
import { eventIdSchema } from '../contracts/ids.ts';
import type { Watermark } from '../contracts/watermark.ts';
import { type DeskChange, createAnnouncer } from './announcer.ts';

const at = (seq: number, epoch = 'one'): Watermark => ({ epoch, seq });
const change = (seq: number): DeskChange => ({
  alertCount: 1,
  eventIds: [eventIdSchema.parse(seq)],
  severities: ['warning'],
});

/** An announcer that stands at 5, over a database in which every seq is one alert of the event of that number. */
function setup() {
  const told: (DeskChange & { readonly watermark: Watermark })[] = [];
  const errors: unknown[] = [];
  const lookUps: (readonly [from: number, to: number])[] = [];
  let isAway = false;
  let otherCommits = 0;
  const announcer = createAnnouncer({
    initial: at(5),
    announce: (announced) => void told.push(announced),
    async changedBetween(from, to) {
      lookUps.push([from, to]);
      if (isAway) throw new Error('database is away');
      const seqs = Array.from({ length: to - from }, (_, index) => from + index + 1);
      return { ...change(to), alertCount: seqs.length, eventIds: seqs.map((seq) => eventIdSchema.parse(seq)) };
    },
    onOthers: () => (otherCommits += 1),
    onError: (error) => void errors.push(error),
  });
  return {
    announcer,
    told,
    errors,
    lookUps,
    others: () => otherCommits,
    setAway: (next: boolean) => (isAway = next),
    own: (fromSeq: number, seq: number) => announcer.committed({ ...change(seq), fromSeq, watermark: at(seq) }),
    settled: () => expect.poll(() => told.length >= lookUps.length).toBe(true),
  };
}

test('[ANN1] an own commit is told at once from what is known, without asking the database', () => {
  const { announcer, told, lookUps, own, others } = setup();
  own(5, 6);
  expect(told).toEqual([{ ...change(6), watermark: at(6) }]);
  expect(announcer.watermark()).toEqual(at(6));
  expect({ lookUps, others: others() }).toEqual({ lookUps: [], others: 0 });
});

test('[ANN2] a commit of another process is told once with what it changed, however often it is heard of', async () => {
  const { announcer, told, lookUps, others, settled } = setup();
  announcer.heard(at(8));
  announcer.heard(at(8));
  announcer.heard(at(7));
  expect(announcer.watermark()).toEqual(at(8));
  await settled();
  expect(lookUps).toEqual([[5, 8]]);
  expect(told).toMatchObject([{ alertCount: 3, eventIds: [6, 7, 8], watermark: at(8) }]);
  expect(others()).toBe(1);
});

test('[ANN3] an own commit behind which others’ were not heard of yet tells those too, each change once', async () => {
  const { announcer, told, own, others } = setup();
  own(7, 8);
  announcer.heard(at(7));
  announcer.heard(at(8));
  await expect.poll(() => told.length).toBe(2);
  expect(told.map(({ eventIds, watermark }) => ({ eventIds, seq: watermark.seq }))).toEqual([
    { eventIds: [8], seq: 8 },
    { eventIds: [6, 7], seq: 7 },
  ]);
  expect(others()).toBe(1);
});

test('[ANN4] an own commit that was heard of first is not told twice', async () => {
  const { announcer, told, own, settled } = setup();
  announcer.heard(at(6));
  own(5, 6);
  await settled();
  expect(told).toHaveLength(1);
});

test('[ANN5] when the change cannot be looked up its watermark is told all the same', async () => {
  const { announcer, told, errors, setAway, settled } = setup();
  setAway(true);
  announcer.heard(at(6));
  await settled();
  expect(told).toEqual([{ alertCount: 0, eventIds: [], severities: [...SEVERITIES], watermark: at(6) }]);
  expect(errors).toHaveLength(1);
});

test('[ANN6] another epoch is told whatever its seq, from its beginning', async () => {
  const { announcer, lookUps, settled } = setup();
  announcer.heard(at(2, 'restored'));
  expect(announcer.watermark()).toEqual(at(2, 'restored'));
  await settled();
  expect(lookUps).toEqual([[0, 2]]);
});

import { afterEach, expect, test, vi } from 'vitest';
import type { AlertChanges, AlertList } from '../contracts/alert-query.ts';
import type { Alert } from '../contracts/alert.ts';
import { createAlertNews } from './alert-news.ts';
import { EMPTY_DIGEST, MAX_DIGESTED, digestEvents, digested } from './news-digest.ts';
import { createNewsWatch } from './news-watch.ts';
import { createSubscribers } from './subscribers.ts';
import { createTabClaims } from './tab-claims.ts';

afterEach(() => {
  vi.useRealTimers();
});

const LOADED_AT = '2026-11-25T12:00:00.000Z';
const BEFORE = '2026-11-25T11:00:00.000Z';
const AFTER = '2026-11-25T12:00:30.000Z';
const BASELINE = { epoch: 'one', seq: 10, deskMs: Date.parse(LOADED_AT) };
const at = (seq: number) => ({ epoch: 'one', seq });

function alert(id: number, seq: number, change: Partial<Alert> = {}): Alert {
  const base = {
    id,
    eventId: id,
    seq,
    bookmaker: 'draftkings',
    severity: 'warning',
    status: 'new',
    muted: false,
    detectedAt: AFTER,
    worsenedAt: null,
  };
  return { ...base, ...change } as unknown as Alert;
}
const ids = ({ alerts }: { readonly alerts: readonly Alert[] }): number[] => alerts.map(({ id }) => id);

test('[UI216] an alert is told once, and again only when it got worse', () => {
  const news = createAlertNews(BASELINE);
  expect(ids(news.take([alert(1, 11)], at(11)))).toEqual([1]);
  expect(ids(news.take([alert(1, 12)], at(12)))).toEqual([]);
  expect(ids(news.take([alert(1, 13, { severity: 'critical' })], at(13)))).toEqual([1]);
  expect(ids(news.take([alert(1, 13, { severity: 'critical' })], at(13)))).toEqual([]);
});

test.each([
  ['was detected before the page', alert(1, 11, { detectedAt: BEFORE })],
  ['is muted', alert(1, 11, { muted: true })],
  ['is acknowledged', alert(1, 11, { status: 'acknowledged' })],
  ['is past', alert(1, 11, { status: 'past' })],
])('[UI216] what %s is no news', (_, changed) => {
  expect(ids(createAlertNews(BASELINE).take([changed], at(11)))).toEqual([]);
});

test('[UI216] an alert of before that got worse is news: seen at load, or come back from acknowledged', () => {
  const news = createAlertNews(BASELINE);
  news.seen([alert(1, 9, { detectedAt: BEFORE })]);
  expect(ids(news.take([alert(1, 11, { detectedAt: BEFORE, severity: 'elevated' })], at(11)))).toEqual([1]);
  expect(ids(news.take([alert(2, 12, { detectedAt: BEFORE, worsenedAt: AFTER })], at(12)))).toEqual([2]);
});

test('[UI216] given back after an acknowledgement or a mute, an alert is not told a second time', () => {
  const news = createAlertNews(BASELINE);
  news.take([alert(1, 11), alert(2, 11, { muted: true })], at(11));
  expect(news.take([alert(1, 12, { status: 'acknowledged' })], at(12)).over).toEqual([1]);
  expect(ids(news.take([alert(1, 13), alert(2, 13)], at(13)))).toEqual([]);
});

test('[UI216] an alert of a muted book that comes to speak of another book is told then', () => {
  const news = createAlertNews(BASELINE);
  const muted = alert(1, 11, { muted: true, bookmaker: 'theirs' });
  expect(ids(news.take([muted], at(11)))).toEqual([]);
  expect(ids(news.take([alert(1, 12, { bookmaker: 'ours' })], at(12)))).toEqual([1]);
  expect(ids(news.take([alert(1, 13, { bookmaker: 'theirs' })], at(13)))).toEqual([]);
});

test('[UI216] another life of the database begins without news', () => {
  const news = createAlertNews(BASELINE);
  expect(ids(news.take([alert(1, 3)], { epoch: 'two', seq: 3 }))).toEqual([]);
  expect(news.level()).toEqual({ epoch: 'two', seq: 3 });
  expect(ids(news.take([alert(2, 4)], { epoch: 'two', seq: 4 }))).toEqual([2]);
});

function setUp(changes: (since: { readonly seq: number }) => AlertChanges, onScreen?: readonly Alert[]) {
  vi.useFakeTimers();
  const subscribers = createSubscribers();
  let wanted = at(10);
  const told: number[][] = [];
  const read = vi.fn<(since: { readonly seq: number }) => Promise<AlertChanges>>((since) =>
    Promise.resolve(changes(since)),
  );
  const list = { alerts: [] as Alert[], nextCursor: null, counts: { new: 0, acknowledged: 0, past: 0 }, ...at(10) };
  const newest = vi.fn<() => Promise<AlertList>>(() => Promise.resolve({ ...list, ...wanted }));
  const stop = createNewsWatch({
    link: { subscribe: subscribers.add, getSnapshot: () => ({ wanted }) },
    changes: read,
    newest,
    onScreen,
    baseline: BASELINE,
    tell: (news) => told.push(ids(news)),
  });
  return {
    told,
    read,
    list,
    newest,
    listeners: subscribers.size,
    stop,
    async hear(seq: number): Promise<void> {
      wanted = at(seq);
      subscribers.notify();
      await vi.advanceTimersByTimeAsync(1_500);
    },
  };
}
const COUNTS = { counts: { new: 0, acknowledged: 0, past: 0 } };

test('[UI217] one look tells all that was missed, and a desk that is level is not asked', async () => {
  const desk = setUp(() => ({ reset: false, alerts: [alert(1, 11), alert(2, 40)], ...COUNTS, ...at(40) }));
  await desk.hear(10);
  expect(desk.read).not.toHaveBeenCalled();
  await desk.hear(40);
  expect(desk.told).toEqual([[1, 2]]);
  await desk.hear(40);
  expect(desk.read).toHaveBeenCalledTimes(1);
  desk.stop();
  expect(desk.listeners()).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test('[UI217] where changes cannot be told one by one, the newest alerts tell what came after the last look', async () => {
  const desk = setUp(() => ({ reset: true, ...at(12) }));
  desk.list.alerts = [alert(1, 9, { detectedAt: BEFORE }), alert(2, 12)];
  await desk.hear(12);
  expect(desk.told).toEqual([[2]]);
  desk.stop();
});

test('[UI350] what the page itself shows is known as seen, and is not asked for again', async () => {
  const changed = [alert(1, 11, { detectedAt: BEFORE, severity: 'elevated' }), alert(2, 11, { detectedAt: LOADED_AT })];
  const shown = [alert(1, 9, { detectedAt: BEFORE }), alert(2, 9, { detectedAt: LOADED_AT })];
  const desk = setUp(() => ({ reset: false, alerts: changed, ...COUNTS, ...at(11) }), shown);
  await desk.hear(11);
  expect(desk.told).toEqual([[1]]);
  expect(desk.newest).not.toHaveBeenCalled();
  desk.stop();
});

test('[UI217] a look that fails is made good by the next message', async () => {
  let isAway = true;
  const desk = setUp(() => {
    if (isAway) throw new Error('away');
    return { reset: false, alerts: [alert(1, 11)], ...COUNTS, ...at(11) };
  });
  await desk.hear(11);
  expect(desk.told).toEqual([]);
  isAway = false;
  await desk.hear(11);
  expect(desk.told).toEqual([[1]]);
  desk.stop();
});

test('[UI218] of overlapping looks of two tabs each alert is claimed by one', async () => {
  let text: string | null = null;
  const storage = { read: () => text, write: (next: string) => void (text = next) };
  const tab = () => createTabClaims('test', { storage, exclusive: async (_, work) => work() });
  const [first, second] = [tab(), tab()];
  expect(await second([{ seq: 5 }], at(5))).toEqual([{ seq: 5 }]);
  expect(await first([{ seq: 5 }, { seq: 6 }, { seq: 6 }], at(6))).toEqual([{ seq: 6 }, { seq: 6 }]);
  expect(await second([{ seq: 6 }], at(6))).toEqual([]);
  expect(await second([{ seq: 2 }], { epoch: 'two', seq: 2 })).toEqual([{ seq: 2 }]);
});

test('[UI219] a digest counts an alert once and forgets what is over', () => {
  const first = digested(EMPTY_DIGEST, { alerts: [alert(1, 11), alert(2, 11)], over: [] });
  const worse = digested(first, { alerts: [alert(1, 12, { severity: 'critical' })], over: [] });
  expect(ids(worse)).toHaveLength(2);
  expect(digestEvents(worse).map(({ eventId }) => eventId)).toEqual([1, 2]);
  expect(ids(digested(worse, { alerts: [], over: [1 as Alert['id']] }))).toEqual([2]);
});

test('[UI219] a digest keeps a bounded number of alerts and says that there are more', () => {
  const many = Array.from({ length: MAX_DIGESTED + 20 }, (_, index) => alert(index + 1, 11));
  const digest = digested(EMPTY_DIGEST, { alerts: many, over: [] });
  expect(digest.alerts).toHaveLength(MAX_DIGESTED);
  expect(digest.isPartial).toBe(true);
});

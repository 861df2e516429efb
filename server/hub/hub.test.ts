import { afterEach, describe, expect, test, vi } from 'vitest';
import type { BookmakerFeed } from '../../contracts/feed.ts';
import {
  TOPICS,
  feedStatusEnvelopeSchema,
  helloSchema,
  oddsUpdateEnvelopeSchema,
  riskAlertEnvelopeSchema,
} from '../../contracts/socket.ts';
import { EPOCH, type RunningHub, ask, eventIds, heard, startHub } from './hub.fixture.ts';

let running: RunningHub | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});
async function setup(...options: Parameters<typeof startHub>): Promise<RunningHub> {
  running = await startHub(...options);
  return running;
}

const away = (): Promise<never> => Promise.reject(new Error('database is away'));
const feed = (bookmaker: string, state: BookmakerFeed['state']): BookmakerFeed => ({
  bookmaker,
  own: false,
  state,
  lastSeen: '2026-01-01T12:00:00.000Z',
});

describe('joining', () => {
  test('[HUB10] hello follows a join at once, with the watermark, the topics and the counts; without topics it is all of them', async () => {
    const { openBrowser } = await setup();
    const browser = openBrowser();
    const events: string[] = [];
    browser.onAny((name: string) => events.push(name));
    const hello = helloSchema.parse(await heard(browser, 'hello'));
    expect(hello).toEqual({ epoch: EPOCH, seq: 1, topics: [...TOPICS], counts: { new: 1, acknowledged: 0, past: 0 } });
    expect(events).toEqual(['hello']);
  });

  test('[HUB11] a browser hears the topics it named and no others', async () => {
    const { openBrowser, hub, watermark } = await setup();
    const browser = openBrowser({ topics: ['odds_updates'] });
    expect(await heard(browser, 'hello')).toMatchObject({ topics: ['odds_updates'] });
    const events: string[] = [];
    browser.onAny((name: string) => events.push(name));
    hub.announceAlerts({ watermark: watermark(), alertCount: 1, eventIds: [], severities: [] });
    hub.announceFeeds([feed('alpha', 'silent')]);
    hub.announceOdds({ watermark: watermark(), eventIds: eventIds(4, 4, 5), bookmakers: ['alpha', 'alpha'] });
    const message = oddsUpdateEnvelopeSchema.parse(await heard(browser, 'odds_update'));
    expect(message.data).toEqual({ event_ids: [4, 5], bookmakers: ['alpha'], epoch: EPOCH, seq: 1 });
    expect(events).toEqual(['odds_update']);
  });

  test.each([
    ['an unknown topic', { topics: ['risk_alerts', 'weather'] }],
    ['something that is no list', { topics: 'risk_alerts' }],
  ])('[HUB12] %s in the handshake is refused with an error that names the known ones', async (_what, auth) => {
    const { openBrowser, hub } = await setup();
    const browser = openBrowser({ auth });
    const error = await new Promise<Error>((resolve) => browser.once('connect_error', resolve));
    for (const topic of TOPICS) expect(error.message).toContain(topic);
    expect(hub.status().sockets).toBe(0);
  });

  test('[HUB13] many that come together share a few reads of the counts, and each gets its hello', async () => {
    const { greetedBrowser, desk } = await setup({ limits: { helloGapMs: 100 } });
    const startMs = performance.now();
    await Promise.all(Array.from({ length: 40 }, () => greetedBrowser()));
    const gaps = (performance.now() - startMs) / 100;
    expect(desk.countReads).toBeLessThanOrEqual(Math.ceil(gaps) + 1);
  });

  test('[HUB14] while the counts cannot be read hello waits, the status says so, and then it comes', async () => {
    const { openBrowser, desk, hub } = await setup({ limits: { countsRetryMs: 20 } });
    const { readCounts } = desk;
    desk.readCounts = away;
    const hello = heard(openBrowser(), 'hello');
    await expect.poll(() => desk.countReads).toBeGreaterThanOrEqual(3);
    expect(hub.status()).toMatchObject({
      ok: false,
      detail: expect.stringContaining('database is away') as string,
      sockets: 1,
    });
    desk.readCounts = readCounts;
    expect(await hello).toMatchObject({ seq: 1 });
    expect(hub.status()).toEqual({ ok: true, detail: '1 sockets', sockets: 1 });
  });
});

describe('requests', () => {
  test('[HUB15] subscribe and unsubscribe are answered with what the socket hears from now on', async () => {
    const { greetedBrowser } = await setup();
    const browser = await greetedBrowser(['risk_alerts']);
    expect(await browser.emitWithAck('subscribe', { topics: ['odds_updates'] })).toEqual({
      ok: true,
      topics: ['risk_alerts', 'odds_updates'],
    });
    expect(await browser.emitWithAck('unsubscribe', { topics: ['risk_alerts'] })).toEqual({
      ok: true,
      topics: ['odds_updates'],
    });
  });

  test.each([
    ['subscribe', { topics: ['weather'] }],
    ['subscribe', { topics: [] }],
    ['unsubscribe', null],
    ['unsubscribe', { topics: ['risk_alerts'], more: 1 }],
    ['sync', { epoch: EPOCH, seq: -1 }],
    ['sync', 'now'],
  ] as const)('[HUB16] %s with %j is answered as a bad request and changes nothing', async (event, request) => {
    const { greetedBrowser, desk } = await setup();
    const browser = await greetedBrowser();
    const reads = desk.countReads;
    expect(await ask(browser, event, request)).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    expect(desk.countReads).toBe(reads);
  });

  test('[HUB17] what has no answer function or an unknown name is ignored', async () => {
    const { greetedBrowser, errors } = await setup();
    const browser = await greetedBrowser(['risk_alerts']);
    const untyped: { emit(name: string, ...sent: unknown[]): unknown } = browser;
    untyped.emit('subscribe', { topics: ['odds_updates'] });
    for (const name of ['risk_alert', 'error', 'toString', 'hello']) untyped.emit(name, { nonsense: true });
    expect(await browser.emitWithAck('unsubscribe', { topics: ['odds_updates'] })).toEqual({
      ok: true,
      topics: ['risk_alerts'],
    });
    expect(errors).toEqual([]);
  });

  test.each([
    ['level', { epoch: EPOCH, seq: 5 }, false],
    ['behind', { epoch: EPOCH, seq: 4 }, true],
    ['of another epoch', { epoch: 'other', seq: 9 }, true],
    ['ahead of this node', { epoch: EPOCH, seq: 6 }, false],
  ])('[HUB18] sync of a browser that is %s is answered with where the desk stands', async (_how, mine, behind) => {
    const { greetedBrowser, desk } = await setup();
    const browser = await greetedBrowser();
    desk.seq = 5;
    const reply = await browser.emitWithAck('sync', mine);
    expect(reply).toEqual({
      ok: true,
      behind,
      hello: { epoch: EPOCH, seq: 5, topics: [...TOPICS], counts: desk.counts },
    });
  });

  test('[HUB19] sync is answered as database_unavailable while the counts cannot be read', async () => {
    const { greetedBrowser, desk } = await setup();
    const browser = await greetedBrowser();
    desk.readCounts = away;
    const reply = await browser.emitWithAck('sync', { epoch: EPOCH, seq: 1 });
    expect(reply).toMatchObject({ ok: false, error: { code: 'database_unavailable' } });
  });
});

describe('announcing', () => {
  test('[HUB20] an announcement reaches every browser with the counts read after it', async () => {
    const { greetedBrowser, commitAlerts, desk } = await setup();
    const browsers = await Promise.all([greetedBrowser(), greetedBrowser(['risk_alerts'])]);
    const messages = browsers.map((browser) => heard(browser, 'risk_alert'));
    commitAlerts({ alertCount: 2, eventIds: eventIds(8, 9, 8), severities: ['warning', 'critical'] });
    for (const message of await Promise.all(messages)) {
      expect(riskAlertEnvelopeSchema.parse(message).data).toEqual({
        alert_count: 2,
        event_ids: [8, 9],
        severities: ['critical', 'warning'],
        epoch: EPOCH,
        seq: 2,
        counts: { ...desk.counts, new: 3 },
      });
    }
  });

  test('[HUB21] a burst is one message at once and one after the gap, with one read of the counts each and nothing lost', async () => {
    const sentAtMs: number[] = [];
    const { greetedBrowser, commitAlerts, desk } = await setup({
      onAnnounced: () => void sentAtMs.push(performance.now()),
    });
    const browser = await greetedBrowser();
    const counted: number[] = [];
    const isLevel = new Promise<void>((resolve) => {
      browser.on('risk_alert', ({ data }) => {
        counted.push(data.alert_count);
        if (data.seq === 101) resolve();
      });
    });
    const reads = desk.countReads;
    for (let commit = 0; commit < 100; commit += 1) commitAlerts();
    await isLevel;
    expect(counted).toEqual([1, 99]);
    expect(desk.countReads - reads).toBe(2);
    const [first = 0, second = 0] = sentAtMs;
    expect(second - first).toBeGreaterThanOrEqual(99);
  });

  test('[HUB22] a change is not lost while the counts fail: it comes with the next one when they can be read', async () => {
    const { greetedBrowser, commitAlerts, desk, errors } = await setup({
      limits: { countsRetryMs: 30, announceGapMs: 10 },
    });
    const browser = await greetedBrowser();
    const message = heard(browser, 'risk_alert');
    const { readCounts } = desk;
    desk.readCounts = away;
    commitAlerts({ alertCount: 2, eventIds: eventIds(1) });
    commitAlerts({ alertCount: 3, eventIds: eventIds(2) });
    await expect.poll(() => errors.length).toBeGreaterThanOrEqual(2);
    desk.readCounts = readCounts;
    expect((await message).data).toMatchObject({ alert_count: 5, event_ids: [1, 2], seq: 3, counts: { new: 6 } });
  });

  test('[HUB23] counts that do not come in time count as failed and are read again', async () => {
    const { greetedBrowser, commitAlerts, desk, hub } = await setup({
      limits: { countsTimeoutMs: 30, countsRetryMs: 10 },
    });
    const browser = await greetedBrowser();
    const message = heard(browser, 'risk_alert');
    const { readCounts } = desk;
    desk.readCounts = () => new Promise(() => {});
    commitAlerts();
    await expect.poll(() => hub.status().ok).toBe(false);
    desk.readCounts = readCounts;
    expect((await message).data.alert_count).toBe(1);
  });

  test('[HUB24] one message is encoded once, however many hear it', async () => {
    const { greetedBrowser, commitAlerts } = await setup();
    const browsers = await Promise.all(Array.from({ length: 20 }, () => greetedBrowser()));
    const messages = browsers.map((browser) => heard(browser, 'risk_alert'));
    const stringify = vi.spyOn(JSON, 'stringify');
    commitAlerts();
    await Promise.all(messages);
    const encoded = stringify.mock.calls.filter(([value]) => Array.isArray(value) && value[0] === 'risk_alert');
    stringify.mockRestore();
    expect(encoded).toHaveLength(1);
  });

  test('[HUB25] a metric that throws neither repeats nor loses a message', async () => {
    const { greetedBrowser, commitAlerts, errors } = await setup({
      limits: { announceGapMs: 5, countsRetryMs: 5 },
      onAnnounced: () => {
        throw new Error('metric');
      },
    });
    const browser = await greetedBrowser();
    const counted: number[] = [];
    browser.on('risk_alert', ({ data }) => counted.push(data.seq));
    commitAlerts();
    await expect.poll(() => counted.length).toBe(1);
    commitAlerts();
    await expect.poll(() => counted.length).toBe(2);
    expect(counted).toEqual([2, 3]);
    expect(errors).toHaveLength(2);
  });

  test('[HUB26] feeds announced close together come as one message with the last state of each', async () => {
    const { greetedBrowser, hub } = await setup();
    const browser = await greetedBrowser();
    const first = heard(browser, 'feed_status');
    hub.announceFeeds([feed('alpha', 'live')]);
    await first;
    const second = heard(browser, 'feed_status');
    hub.announceFeeds([feed('alpha', 'delayed'), feed('beta', 'live')]);
    hub.announceFeeds([feed('alpha', 'silent')]);
    const message = feedStatusEnvelopeSchema.parse(await second);
    expect(message.data.bookmakers).toEqual([feed('alpha', 'silent'), feed('beta', 'live')]);
  });

  test('[HUB27] the heartbeat carries the watermark of that moment, also when nothing is announced', async () => {
    const { greetedBrowser, desk } = await setup({ limits: { heartbeatMs: 20 } });
    const browser = await greetedBrowser([]);
    desk.seq = 77;
    expect(await heard(browser, 'heartbeat')).toEqual({ epoch: EPOCH, seq: 77 });
  });

  test('[HUB28] with nobody connected an announcement costs no read, and a browser that comes later is level', async () => {
    const { greetedBrowser, openBrowser, commitAlerts, desk } = await setup();
    commitAlerts();
    expect(desk.countReads).toBe(0);
    const browser = openBrowser();
    expect(await heard(browser, 'hello')).toMatchObject({ seq: 2, counts: { new: 2 } });
    const other = await greetedBrowser();
    other.disconnect();
  });
});

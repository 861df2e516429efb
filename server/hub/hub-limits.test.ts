import { connect as connectTcp } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { type Bye, BYE_CLOSE_CODES, byeSchema } from '../../contracts/socket.ts';
import { EPOCH, type RunningHub, heard, startHub, textOf } from './hub.fixture.ts';

let running: RunningHub | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});
async function setup(...options: Parameters<typeof startHub>): Promise<RunningHub> {
  running = await startHub(...options);
  return running;
}

type Parting = { readonly bye: Bye | undefined; readonly closeCode: number };
/** How a connection ends: the last words, if they came, and the close code. */
function parting(raw: WebSocket): Promise<Parting> {
  let bye: Bye | undefined;
  raw.on('message', (data) => {
    const text = textOf(data);
    if (text.startsWith('42["bye"')) bye = byeSchema.parse((JSON.parse(text.slice(2)) as unknown[])[1]);
  });
  return new Promise((resolve) => raw.once('close', (closeCode: number) => resolve({ bye, closeCode })));
}

const disconnected = (browser: { once(name: 'disconnect', listener: () => void): unknown }): Promise<void> =>
  new Promise((resolve) => browser.once('disconnect', () => resolve()));

/** A bare upgrade request; resolves with everything the server says before it ends the connection. */
function upgradeByHand(port: number, path: string): Promise<string> {
  const connection = connectTcp(port, '127.0.0.1');
  connection.write(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  let said = '';
  connection.on('data', (chunk) => (said += String(chunk)));
  return new Promise((resolve) => connection.once('close', () => resolve(said)));
}

describe('the door', () => {
  test('[HUB30] a handshake from a foreign page is refused, one of ours is let in; the check sees Origin and Host', async () => {
    const seen: unknown[] = [];
    const { openBrowser, hub, port } = await setup({
      isAllowed: (request) => {
        seen.push(request);
        return request.origin !== 'https://evil.example';
      },
    });
    const foreign = openBrowser({ origin: 'https://evil.example' });
    await new Promise((resolve) => foreign.once('connect_error', resolve));
    foreign.disconnect();
    expect(hub.status().sockets).toBe(0);
    await heard(openBrowser(), 'hello');
    const host = `127.0.0.1:${port}`;
    expect(seen[0]).toMatchObject({ origin: 'https://evil.example', host });
    expect(seen.at(-1)).toMatchObject({ host });
    expect(seen.at(-1)).not.toHaveProperty('origin');
  });

  test('[HUB42] a check of the page that throws refuses and is reported', async () => {
    const { openBrowser, errors } = await setup({
      isAllowed: () => {
        throw new Error('not a URL');
      },
    });
    const browser = openBrowser();
    await new Promise((resolve) => browser.once('connect_error', resolve));
    expect(errors[0]).toMatchObject({ message: 'not a URL' });
  });

  test('[HUB31] an upgrade that is nobody’s is ended at once; one that somebody takes is left alone', async () => {
    const { port, server } = await setup({ allowUpgrade: (url) => url === '/_next/hmr' });
    expect(await upgradeByHand(port, '/elsewhere')).toContain('404 Not Found');
    expect(await upgradeByHand(port, '/socket.io')).toContain('404 Not Found');
    server.on('upgrade', (request, socket) => {
      if (request.url === '/_next/hmr') socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
    });
    expect(await upgradeByHand(port, '/_next/hmr')).toContain('101 Switching');
  });

  test('[HUB32] HTTP long-polling is not offered', async () => {
    const { url } = await setup();
    const answer = await fetch(`${url}/socket.io/?EIO=4&transport=polling`);
    expect(answer.status).toBe(400);
  });

  test('[HUB33] connections beyond the limit are refused, and let in by themselves when there is room', async () => {
    const { greetedBrowser, openBrowser } = await setup({ limits: { maxSockets: 1 } });
    const first = await greetedBrowser();
    const second = openBrowser();
    await new Promise((resolve) => second.once('connect_error', resolve));
    first.disconnect();
    expect(await heard(second, 'hello')).toMatchObject({ epoch: EPOCH });
  });
});

describe('cutting', () => {
  test('[HUB34] a flood is cut with a word and a code, and others do not notice', async () => {
    const { joinRaw, greetedBrowser, commitAlerts, cuts } = await setup({
      // Time for the last words to be read, also by a process that is kept waiting.
      limits: { maxMessagesPerSecond: 20, byeGraceMs: 1_000 },
    });
    const other = await greetedBrowser();
    const raw = await joinRaw();
    const end = parting(raw);
    for (let message = 0; message < 100; message += 1) raw.send('42["anything",{}]');
    const { bye, closeCode } = await end;
    expect(bye?.code).toBe('flood');
    expect(bye?.retryAfterMs).toBeGreaterThan(0);
    expect(closeCode).toBe(BYE_CLOSE_CODES.flood);
    expect(cuts).toEqual(['flood']);
    const message = heard(other, 'risk_alert');
    commitAlerts();
    await message;
  });

  test.each([
    ['larger than a request can be', `42["sync",${JSON.stringify('x'.repeat(11_000))}]`],
    ['not of the protocol', '4nonsense'],
    ['no packet at all', 'ÿ'],
  ])('[HUB35] a message that is %s ends its own connection and nothing else', async (_what, message) => {
    const { joinRaw, greetedBrowser, hub } = await setup();
    const other = await greetedBrowser();
    const raw = await joinRaw();
    const end = parting(raw);
    raw.send(message);
    await end;
    await expect.poll(() => hub.status().sockets).toBe(1);
    expect(other.connected).toBe(true);
  });

  test.each([
    ['its buffer reaches the bound', { maxBufferedBytes: 256 * 1024 }],
    ['its buffer has not been empty for too long', { maxBufferedBytes: 1024 ** 3, maxStallMs: 500 }],
  ])(
    '[HUB36] a browser that takes nothing is cut when %s, while the others hear on',
    async (_when, slowLimits) => {
      const bufferedAtCut: number[] = [];
      const { joinRaw, greetedBrowser, hub } = await setup({
        limits: { watchMs: 50, ...slowLimits, byeGraceMs: 100, announceGapMs: 10 },
        onCut: ({ code, bufferedBytes }) => {
          if (code === 'slow') bufferedAtCut.push(bufferedBytes);
        },
      });
      const others = await Promise.all([greetedBrowser(), greetedBrowser()]);
      const raw = await joinRaw();
      const end = parting(raw);
      raw.pause();

      // Large messages, so that the kernel's own buffers of some megabytes are full within a second.
      const books = Array.from({ length: 2_000 }, (_, index) => ({
        bookmaker: `bookmaker number ${index} with a rather long name`,
        own: false,
        state: 'live' as const,
        lastSeen: '2026-01-01T12:00:00.000Z',
      }));
      const heardCounts = others.map((browser) => {
        const count = { messages: 0 };
        browser.on('feed_status', () => (count.messages += 1));
        return count;
      });
      let sent = 0;
      while (bufferedAtCut.length === 0) {
        const arrived = others.map((browser) => heard(browser, 'feed_status'));
        hub.announceFeeds(books);
        sent += 1;
        await Promise.all(arrived);
      }
      expect(heardCounts.map((count) => count.messages)).toEqual([sent, sent]);
      expect(bufferedAtCut[0]).toBeGreaterThan('maxStallMs' in slowLimits ? 0 : slowLimits.maxBufferedBytes);
      await expect.poll(() => hub.status().sockets).toBe(2);
      raw.resume();
      const { closeCode } = await end;
      // What was buffered is gone with the connection, and with it the last words; the browser sees a broken one.
      expect(closeCode).toBe(1006);
    },
    20_000,
  );

  test('[HUB43] a browser so far behind that it answers no ping is cut as slow though nothing waits for it here; one that answers stays', async () => {
    const bufferedAtCut: number[] = [];
    const { joinRaw, greetedBrowser, commitAlerts, hub } = await setup({
      // Time for the one that answers, also in a process that is kept waiting.
      limits: { watchMs: 20, pingIntervalMs: 100, maxPongMs: 1_000, byeGraceMs: 100 },
      onCut: ({ bufferedBytes }) => void bufferedAtCut.push(bufferedBytes),
    });
    const other = await greetedBrowser();
    const raw = await joinRaw();
    const end = parting(raw);
    raw.pause();
    const startMs = performance.now();
    while (bufferedAtCut.length === 0) {
      const message = heard(other, 'risk_alert');
      commitAlerts();
      await message;
    }
    expect(performance.now() - startMs).toBeLessThan(4_000);
    // Nothing but the farewell itself.
    expect(bufferedAtCut[0]).toBeLessThan(100);
    raw.resume();
    await end;
    await expect.poll(() => hub.status().sockets).toBe(1);
    expect(other.connected).toBe(true);
  });

  test('[HUB37] a connection that never joins is counted and cut like any other', async () => {
    const { port, openBrowser, cuts } = await setup({
      limits: { maxSockets: 1, maxMessagesPerSecond: 5, byeGraceMs: 20 },
    });
    const idle = connectTcp(port, '127.0.0.1');
    idle.write(
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await new Promise((resolve) => idle.once('data', resolve));
    const browser = openBrowser();
    await new Promise((resolve) => browser.once('connect_error', resolve));
    // A masked text frame with the single character 6, a packet that asks for nothing.
    for (let message = 0; message < 30; message += 1) idle.write(Buffer.from([0x81, 0x81, 0, 0, 0, 0, 0x36]));
    idle.resume();
    await heard(browser, 'hello');
    expect(cuts).toEqual(['flood']);
  });

  test('[HUB80] a connection joins once: what is told comes over it once, however often it joins', async () => {
    const { joinRaw, commitAlerts, hub } = await setup();
    const raw = await joinRaw({ times: 4 });
    const told: string[] = [];
    raw.on('message', (data) => {
      const text = textOf(data);
      if (text.startsWith('42["risk_alert"')) told.push(text);
    });
    expect(hub.status().sockets).toBe(1);
    commitAlerts();
    await expect.poll(() => told).toHaveLength(1);
    // All that one announcement sends has left before the next one begins.
    commitAlerts();
    await expect.poll(() => told.length).toBeGreaterThanOrEqual(2);
    expect(told).toHaveLength(2);
  });

  test('[HUB81] pings of WebSocket itself count as messages', async () => {
    const { joinRaw, cuts } = await setup({ limits: { maxMessagesPerSecond: 5, byeGraceMs: 20 } });
    const raw = await joinRaw();
    const closed = new Promise((resolve) => raw.once('close', resolve));
    for (let ping = 0; ping < 30; ping += 1) raw.ping();
    await closed;
    expect(cuts).toEqual(['flood']);
  });
});

describe('leaving and coming back', () => {
  test('[HUB38] closing announces what waits, tells each browser a moment of its own to come back, and ends', async () => {
    const { joinRaw, greetedBrowser, commitAlerts, hub, openBrowser } = await setup();
    const listener = await greetedBrowser();
    const seqs: number[] = [];
    listener.on('risk_alert', ({ data }) => seqs.push(data.seq));
    const raws = await Promise.all(Array.from({ length: 5 }, () => joinRaw()));
    const partings = raws.map(parting);
    const gone = disconnected(listener);
    commitAlerts();
    commitAlerts();
    const closing = hub.close();
    expect(hub.close()).toBe(closing);
    expect(hub.status()).toMatchObject({ ok: false, detail: 'closing' });
    const late = openBrowser();
    await new Promise((resolve) => late.once('connect_error', resolve));
    await Promise.all([closing, gone]);
    expect(seqs).toEqual([2, 3]);
    const ends = await Promise.all(partings);
    expect(new Set(ends.map(({ bye, closeCode }) => `${bye?.code} ${closeCode}`))).toEqual(
      new Set([`draining ${BYE_CLOSE_CODES.draining}`]),
    );
    expect(new Set(ends.map(({ bye }) => bye?.retryAfterMs)).size).toBeGreaterThan(1);
    expect(hub.status().sockets).toBe(0);
  });

  test('[HUB39] closing leaves the HTTP server open', async () => {
    const { hub, url } = await setup();
    await hub.close();
    expect((await fetch(`${url}/`)).status).toBe(204);
  });

  test('[HUB40] a browser whose connection breaks comes back by itself and is told where the desk stands', async () => {
    const { greetedBrowser, commitAlerts, desk } = await setup();
    const browser = await greetedBrowser();
    const hello = heard(browser, 'hello');
    const gone = disconnected(browser);
    browser.io.engine.close();
    await gone;
    commitAlerts({ alertCount: 4 });
    expect(await hello).toMatchObject({ seq: desk.seq, counts: { new: 5 } });
  });

  test('[HUB41] a browser cut by the hub comes back by itself too', async () => {
    const { greetedBrowser, cuts } = await setup({ limits: { byeGraceMs: 1_000 } });
    const browser = await greetedBrowser();
    const bye = heard(browser, 'bye');
    const hello = heard(browser, 'hello');
    for (let message = 0; message < 100; message += 1)
      browser.emit('anything' as 'sync', { epoch: EPOCH, seq: 1 }, () => {});
    expect(await bye).toMatchObject({ code: 'flood' });
    await hello;
    expect(cuts).toEqual(['flood']);
  });
});

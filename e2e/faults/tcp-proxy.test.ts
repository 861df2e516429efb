import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type ProxiedConnection, type ProxyOptions, type TcpProxy, startTcpProxy } from './tcp-proxy.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** A server that a test holds the other end of. */
async function startTarget(onConnection: (socket: Socket) => void) {
  const sockets: Socket[] = [];
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    sockets.push(socket);
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async (): Promise<void> => {
    sockets.forEach((socket) => socket.destroy());
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  ends.push(stop);
  return { port: (server.address() as AddressInfo).port, host: '127.0.0.1', sockets, stop };
}

async function startProxy(options: ProxyOptions): Promise<TcpProxy> {
  const proxy = await startTcpProxy(options);
  ends.push(proxy.close);
  return proxy;
}

async function connectTo(port: number) {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const received: Buffer[] = [];
  let error: NodeJS.ErrnoException | undefined;
  socket.on('data', (bytes: Buffer) => received.push(bytes));
  socket.on('error', (failure) => (error = failure));
  ends.push(async () => socket.destroy());
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await new Promise<void>((resolve) => socket.once('connect', resolve).once('error', () => resolve()));
  return { socket, closed, text: () => Buffer.concat(received).toString(), error: () => error };
}

const echo = (socket: Socket): unknown => socket.pipe(socket);
function only(proxy: TcpProxy): ProxiedConnection {
  const [connection] = proxy.connections();
  if (connection === undefined) throw new Error('expected one connection, got none');
  return connection;
}

test('[NET1] a clean line passes everything in order, and the end after it', async () => {
  const target = await startTarget(echo);
  const proxy = await startProxy({ targets: [target] });
  const client = await connectTo(proxy.port);
  const sent = Array.from({ length: 20_000 }, (_, index) => `line ${index}\n`).join('');
  client.socket.end(sent);
  await once(client.socket, 'end');
  expect(client.text()).toBe(sent);
});

test('[NET2] latency delays each direction and keeps the order', async () => {
  const target = await startTarget(echo);
  const proxy = await startProxy({ targets: [target], line: { latencyMs: 60, bytesPerSecond: Infinity } });
  const client = await connectTo(proxy.port);
  const startMs = performance.now();
  client.socket.write('a');
  await expect.poll(() => client.text()).toBe('a');
  const roundTripMs = performance.now() - startMs;
  expect(roundTripMs).toBeGreaterThanOrEqual(119);
  for (const letter of 'bcdefg') client.socket.write(letter);
  await expect.poll(() => client.text()).toBe('abcdefg');
});

test('[NET3] a bandwidth is kept, and the sender feels it instead of the proxy’s memory', async () => {
  const target = await startTarget((socket) => void socket.write(Buffer.alloc(64 * 1024 * 1024)));
  const proxy = await startProxy({ targets: [target], line: { latencyMs: 0, bytesPerSecond: 20_000 } });
  const client = await connectTo(proxy.port);
  const startMs = performance.now();
  // For so long that what a busy machine adds is little of it.
  await expect.poll(() => client.text().length).toBeGreaterThanOrEqual(30_000);
  const seconds = (performance.now() - startMs) / 1_000;
  expect(client.text().length / seconds).toBeLessThan(23_000);
  expect(client.text().length / seconds).toBeGreaterThan(10_000);
  // The kernel's own buffers take some megabytes; the rest must still stand with the sender.
  expect(target.sockets[0]?.writableLength).toBeGreaterThan(32 * 1024 * 1024);
});

test('[NET4] a reset is an error on both sides, not an end', async () => {
  const target = await startTarget(() => undefined);
  const proxy = await startProxy({ targets: [target] });
  const client = await connectTo(proxy.port);
  await expect.poll(() => target.sockets.length).toBe(1);
  const targetError = new Promise((resolve) => target.sockets[0]?.once('error', resolve));
  only(proxy).reset();
  await client.closed;
  expect(client.error()?.code).toBe('ECONNRESET');
  expect(await targetError).toMatchObject({ code: 'ECONNRESET' });
  await expect.poll(() => proxy.connections().length).toBe(0);
});

test('[NET5] a half-closed connection says its end to one side and still carries what that side sends', async () => {
  const heardByTarget: string[] = [];
  const target = await startTarget((socket) => void socket.on('data', (bytes) => heardByTarget.push(String(bytes))));
  const proxy = await startProxy({ targets: [target] });
  const client = await connectTo(proxy.port);
  client.socket.write('before ');
  await expect.poll(() => heardByTarget.length).toBe(1);
  only(proxy).halfClose('client');
  await once(client.socket, 'end');
  client.socket.write('after');
  await expect.poll(() => heardByTarget.join('')).toBe('before after');
  expect(client.error()).toBeUndefined();
});

test('[NET6] a stalled connection stays open and silent, and goes on where it was', async () => {
  const target = await startTarget(echo);
  const proxy = await startProxy({ targets: [target] });
  const client = await connectTo(proxy.port);
  client.socket.write('one ');
  await expect.poll(() => client.text()).toBe('one ');
  only(proxy).stall();
  client.socket.write('two');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(client.text()).toBe('one ');
  expect(client.socket.readyState).toBe('open');
  only(proxy).resume();
  await expect.poll(() => client.text()).toBe('one two');
});

test('[NET7] targets are taken in turn, one that is away is passed over, and with all away the client is reset', async () => {
  const first = await startTarget((socket) => void socket.write('first'));
  const second = await startTarget((socket) => void socket.write('second'));
  const proxy = await startProxy({ targets: [first, second] });
  const told = async (): Promise<string> => {
    const client = await connectTo(proxy.port);
    await expect.poll(() => client.text()).not.toBe('');
    return client.text();
  };
  expect([await told(), await told(), await told()]).toEqual(['first', 'second', 'first']);
  await first.stop();
  expect([await told(), await told()]).toEqual(['second', 'second']);
  await second.stop();
  const lost = await connectTo(proxy.port);
  await lost.closed;
  expect(lost.error()?.code).toBe('ECONNRESET');
});

test('[NET8] while it admits nobody each client is reset; closing resets the rest and frees the port', async () => {
  const target = await startTarget(echo);
  const proxy = await startProxy({ targets: [target] });
  const client = await connectTo(proxy.port);
  proxy.admit(false);
  const refused = await connectTo(proxy.port);
  await refused.closed;
  expect(refused.error()?.code).toBe('ECONNRESET');
  proxy.admit(true);
  expect(proxy.close()).toBe(proxy.close());
  await Promise.all([proxy.close(), client.closed]);
  const again = await startProxy({ targets: [target], port: proxy.port });
  expect(again.port).toBe(proxy.port);
});

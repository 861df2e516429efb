import { type Server, createServer } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { closeServer, createHttpServer, listen } from './http-server.ts';

const HOST = '127.0.0.1';
const servers: Server[] = [];
afterEach(() => Promise.all(servers.splice(0).map(closeServer)));

test('[OPS100] a port that is taken ends the start with one sentence that names it and what to do', async () => {
  const [first, second] = [createServer(), createServer()];
  servers.push(first, second);
  const port = await listen(first, 0, HOST);
  await expect(listen(second, port, HOST)).rejects.toMatchObject({
    code: 'start_failed',
    message: `port ${port} of ${HOST} is taken by another program (another Linewatch?): name another one, as in PORT=3001`,
  });
});

/** Asks by hand, as `fetch` sends no such request; resolves with all that comes until the server hangs up. */
async function askByHand(port: number, requestLine: string): Promise<string> {
  const connection = connectTcp(port, HOST);
  connection.write(`${requestLine} HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`);
  return text(connection);
}

async function startServer(isAdmitted: boolean): Promise<number> {
  const server = createHttpServer({
    api: (_request, response) => void response.end('api'),
    pages: (_request, response) => void response.end('page'),
    isAdmitted: () => isAdmitted,
    check: () => 'ok',
  });
  servers.push(server);
  return listen(server, 0, HOST);
}

test.each(['OPTIONS *', 'GET http://desk.example.com/', 'GET *'])(
  '[OPS222] %s, which names no path of ours, is refused in the words of the API',
  async (requestLine) => {
    const answer = await askByHand(await startServer(true), requestLine);
    expect(answer).toContain('HTTP/1.1 400');
    expect(answer).toContain('{"error":{"code":"bad_request","message":"expected a path that begins with');
  },
);

test('[OPS221] a request that went around the proxy learns that the process lives, and nothing else', async () => {
  const port = await startServer(false);
  expect(await askByHand(port, 'GET /healthz')).toMatch(/^HTTP\/1.1 200[^]*api$/);
  for (const path of [
    '/',
    '/risk-monitoring',
    '/api/alerts',
    '/readyz',
    '/metrics',
    '/healthzz',
    '/_next/static/x.js',
  ]) {
    const answer = await askByHand(port, `GET ${path}`);
    expect(answer).toContain('HTTP/1.1 403');
    expect(answer).toContain('"forbidden_proxy"');
  }
});

test('[OPS224] a connection may rest between two requests for longer than proxies keep theirs', async () => {
  const response = await fetch(`http://${HOST}:${await startServer(true)}/`);
  const [, seconds] = /timeout=(\d+)/.exec(response.headers.get('keep-alive') ?? '') ?? [];
  expect(Number(seconds)).toBeGreaterThan(60);
});

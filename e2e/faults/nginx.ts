import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Balancer } from './cross-node.ts';
import { type NodePair, endpointOf } from './node-pair.ts';

/** What stands for PROXY_SECRET in docs/nginx.conf. */
export const WRITTEN_SECRET = 'write-here-what-PROXY_SECRET-is-on-the-nodes';
const CONFIGURATION = fileURLToPath(new URL('../../docs/nginx.conf', import.meta.url));
const READY_WITHIN_MS = 5_000;
/** Of one step of its installation. */
const INSTALL_TIMEOUT_MS = 60_000;
/** Larger than nginx takes by itself. */
const LARGE_BODY_LINES = 5_000;
const BLANK_LINE = `${' '.repeat(999)}\n`;

/** Whether nginx can be run here; as root in a Debian container it is installed when it is not there. Says so when it cannot. */
export function hasNginx(): boolean {
  const exists = (): boolean => spawnSync('nginx', ['-v']).status === 0;
  if (exists()) return true;
  // In a container only: where services are managed the package would start one on port 80.
  const mayInstall = process.getuid?.() === 0 && !existsSync('/run/systemd/system');
  // An image without package lists has to fetch them first.
  if (mayInstall && !install()) {
    aptGet(['update', '--quiet']);
    install();
  }
  const isInstalled = exists();
  if (!isInstalled) console.warn('docs/nginx.conf WAS NOT RUN: nginx is not here and this user cannot install it');
  return isInstalled;
}

const install = (): boolean => aptGet(['install', '--yes', '--quiet', '--no-install-recommends', 'nginx-light']);

// Without a network apt would try each mirror again and again.
const aptGet = (args: readonly string[]): boolean =>
  spawnSync('apt-get', ['-o', 'Acquire::Retries=0', '-o', 'Acquire::http::Timeout=10', ...args], {
    stdio: 'inherit',
    timeout: INSTALL_TIMEOUT_MS,
  }).status === 0;

/** Runs nginx with docs/nginx.conf as it stands, its ports replaced by those of the nodes and a free one. */
export async function startNginx(pair: Pick<NodePair, 'nodes'>): Promise<Balancer> {
  const directory = mkdtempSync(path.join(tmpdir(), 'linewatch-nginx-'));
  const port = await freePort();
  const [first, second] = pair.nodes.map((node) => endpointOf(node).port);
  const text = readFileSync(CONFIGURATION, 'utf8');
  const ports = [
    ['127.0.0.1:3001', `127.0.0.1:${first}`],
    ['127.0.0.1:3002', `127.0.0.1:${second}`],
    ['127.0.0.1:8080', `127.0.0.1:${port}`],
  ] as const;
  for (const [written] of ports) if (!text.includes(written)) throw new Error(`expected ${written} in docs/nginx.conf`);
  const configuration = path.join(directory, 'nginx.conf');
  writeFileSync(
    configuration,
    ports.reduce((all, [written, used]) => all.replaceAll(written, used), text),
  );
  const nginx = spawn('nginx', ['-p', directory, '-c', configuration, '-g', 'daemon off;'], { stdio: 'inherit' });

  async function close(): Promise<void> {
    if (nginx.exitCode === null) {
      const ended = once(nginx, 'exit');
      nginx.kill('SIGTERM');
      await ended;
    }
    rmSync(directory, { recursive: true, force: true });
  }

  const url = `http://127.0.0.1:${port}`;
  try {
    await answers(url, nginx);
  } catch (error) {
    await close();
    throw error;
  }
  return { url, close };
}

async function answers(url: string, nginx: ChildProcess): Promise<void> {
  const startedMs = performance.now();
  while (performance.now() - startedMs < READY_WITHIN_MS) {
    if (nginx.exitCode !== null) throw new Error(`nginx ended with ${nginx.exitCode}`);
    const response = await fetch(`${url}/api/desk`).catch(() => null);
    if (response?.ok === true) return;
    await delay(50);
  }
  throw new Error(`nginx did not pass /api/desk on within ${READY_WITHIN_MS} ms`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  return address.port;
}

/** What else the configuration promises: large bodies reach a node, and what is for machines stays inside. */
export async function checkPassage({ url }: Balancer): Promise<void> {
  const body = BLANK_LINE.repeat(LARGE_BODY_LINES);
  const headers = { 'Content-Type': 'application/x-ndjson' };
  const ingest = await fetch(`${url}/api/ingest/snapshots`, { method: 'POST', headers, body });
  if (!ingest.ok)
    throw new Error(
      `expected 200 to a body of ${body.length} bytes through nginx, got ${ingest.status}: ${await ingest.text()}`,
    );
  for (const path of ['/metrics', '/readyz', '/healthz']) {
    const { status } = await fetch(`${url}${path}`);
    if (status !== 403) throw new Error(`expected 403 to ${path} through nginx, got ${status}`);
  }
}

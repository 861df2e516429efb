import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type IngestAnswer, type Snapshot, ingestAnswerSchema } from '../contracts/snapshot.ts';
import type { FailOrder, FailPoint } from '../server/fail-points.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** A test run starts some two hundred servers of the same code: compiled once, each is ready sooner. */
const COMPILE_CACHE = path.join(ROOT, 'node_modules', '.cache', 'desk-server');
const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 20_000;
const REPORT_TIMEOUT_MS = 30_000;
const LOG_LINES_KEPT = 200;
const READY_URL = /"url":"(http:[^"]+)"/;

/** A whole Linewatch in a process of its own, with a database of its own and no feed. */
export type DeskServer = {
  /** Where it answers; the same after a restart. */
  readonly url: string;
  /** Its DATA_DIR. */
  readonly dataDir: string;
  /** Posts snapshots as NDJSON and resolves once they are committed. Throws when any line is refused. */
  readonly ingest: (lines: readonly Snapshot[]) => Promise<IngestAnswer>;
  /** SIGKILL, as a power cut would: nothing is flushed, PostgreSQL is left behind. */
  readonly kill: () => Promise<void>;
  /** Starts it again on the same data and port; after `kill` or `stop`. */
  readonly restart: () => Promise<void>;
  /** SIGTERM; rejects when it does not end by itself. */
  readonly stop: () => Promise<void>;
  /** Stops whatever is left, and removes its data. */
  readonly dispose: () => Promise<void>;
  /** Gives it an order for a fail-point, and resolves once it was taken; only with LINEWATCH_FAIL_POINTS=parent. */
  readonly arm: (order: FailOrder) => Promise<void>;
  /** Resolves when the fail-point's moment has come; to be called before whatever makes it come. */
  readonly reached: (point: FailPoint) => Promise<void>;
  /** Sets its clock off from the real one; only with LINEWATCH_FAIL_POINTS=parent and `steppedClock`. */
  readonly stepClock: (ms: number) => Promise<void>;
  /** Resolves when its process has ended. */
  readonly ended: () => Promise<void>;
  /** Sends its process a signal and waits for nothing. */
  readonly signal: (signal: NodeJS.Signals) => void;
  /** The last lines that it wrote. */
  readonly log: () => string;
};

/** The environment of a desk whose clock can be stepped. */
export const steppedClock: Readonly<Record<string, string>> = {
  LINEWATCH_FAIL_POINTS: 'parent',
  NODE_OPTIONS: `--import=${new URL('faults/stepped-clock.ts', import.meta.url).href}`,
};

/** Starts a server and resolves once it says that it is ready. */
export async function startDesk(environment: Readonly<Record<string, string>> = {}): Promise<DeskServer> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'linewatch-e2e-'));
  // As root, PostgreSQL runs as another user, who must be able to come in.
  chmodSync(dataDir, 0o755);
  const lines: string[] = [];
  let child: ChildProcess | undefined;
  let url: string | undefined;

  async function start(): Promise<void> {
    const port = url === undefined ? '0' : new URL(url).port;
    const started = spawn(process.execPath, ['server/index.ts'], {
      cwd: ROOT,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        NODE_COMPILE_CACHE: COMPILE_CACHE,
        FEED: 'none',
        OWN_BOOKMAKER: 'draftkings',
        ...environment,
        PORT: port,
        DATA_DIR: dataDir,
      },
      // The channel over which fail-points are armed; without it a desk could not be made to fail at all.
      stdio: ['ignore', 'pipe', 'pipe', environment['LINEWATCH_FAIL_POINTS'] === undefined ? 'ignore' : 'ipc'],
    });
    child = started;
    url = await readyUrl(started, lines);
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit', { signal: AbortSignal.timeout(STOP_TIMEOUT_MS) });
    running.kill(signal);
    await ended;
  }

  function heard(report: 'armed' | 'reached', point: FailPoint): Promise<void> {
    const listening = child;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${point} was not ${report} in time`)), REPORT_TIMEOUT_MS);
      const listen = (message: Readonly<Record<string, unknown>>): void => {
        if (message[report] !== point) return;
        clearTimeout(timer);
        listening?.off('message', listen);
        resolve();
      };
      listening?.on('message', listen);
    });
  }

  async function arm(order: FailOrder): Promise<void> {
    const armed = heard('armed', order.failPoint);
    child?.send(order);
    await armed;
  }

  async function stepClock(ms: number): Promise<void> {
    if (child === undefined) return;
    const stepped = once(child, 'message', { signal: AbortSignal.timeout(REPORT_TIMEOUT_MS) });
    child.send({ stepMs: ms });
    await stepped;
  }

  async function ended(): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    await once(child, 'exit', { signal: AbortSignal.timeout(STOP_TIMEOUT_MS) });
  }

  async function dispose(): Promise<void> {
    try {
      await end('SIGTERM');
    } finally {
      stopOrphanedPostgres(dataDir);
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  }

  try {
    await start();
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    get url() {
      return url ?? '';
    },
    dataDir,
    ingest: (snapshots) => postSnapshots(url ?? '', snapshots),
    kill: () => end('SIGKILL'),
    restart: start,
    stop: () => end('SIGTERM'),
    dispose,
    arm,
    stepClock,
    reached: (point) => heard('reached', point),
    ended,
    signal: (signal) => void child?.kill(signal),
    log: () => lines.join('\n'),
  };
}

function readyUrl(child: ChildProcess, lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer);
      reject(new Error(`Linewatch ${why}:\n${lines.join('\n')}`));
    };
    const timer = setTimeout(() => fail(`was not ready after ${START_TIMEOUT_MS / 1000} s`), START_TIMEOUT_MS);
    child.once('error', (error) => fail(`could not be started (${error.message})`));
    child.once('exit', (code, signal) => fail(`ended with ${code ?? signal} before it was ready`));
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        if (lines.length > LOG_LINES_KEPT) lines.shift();
        const url = READY_URL.exec(line)?.[1];
        if (url === undefined) return;
        clearTimeout(timer);
        resolve(url);
      });
    }
  });
}

async function postSnapshots(url: string, snapshots: readonly Snapshot[]): Promise<IngestAnswer> {
  const response = await fetch(`${url}/api/ingest/snapshots`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson' },
    body: snapshots.map((snapshot) => JSON.stringify(snapshot)).join('\n'),
  });
  if (!response.ok) throw new Error(`ingest answered ${response.status}: ${await response.text()}`);
  const answer = ingestAnswerSchema.parse(await response.json());
  if (answer.rejectedCount > 0) throw new Error(`ingest refused lines: ${JSON.stringify(answer.rejected.slice(0, 3))}`);
  return answer;
}

// After a SIGKILL without a restart PostgreSQL lives on; its pid is the first line of postmaster.pid.
function stopOrphanedPostgres(dataDir: string): void {
  const notes = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('postmaster.pid'),
  );
  for (const note of notes) {
    const pid = Number(readFileSync(path.join(dataDir, note), 'utf8').split('\n')[0]);
    try {
      // A stale note may name somebody else's process; PostgreSQL works in its own data directory.
      if (process.platform === 'linux' && !readlinkSync(`/proc/${pid}/cwd`).startsWith(dataDir)) continue;
      process.kill(pid, 'SIGQUIT');
    } catch {
      // It has ended by itself.
    }
  }
}

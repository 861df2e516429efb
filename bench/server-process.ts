import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const START_TIMEOUT_MS = 60_000;

export type ServerProcess = { readonly url: string; readonly stop: () => Promise<void> };

/** Starts a whole Linewatch as `npm start` would, with a database of its own and no feed, and waits until it is ready. */
export async function startServerProcess(environment: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'linewatch-bench-'));
  const child = spawn(process.execPath, ['server/index.ts'], {
    env: { ...process.env, PORT: '0', FEED: 'none', DATA_DIR: dataDir, LOG_LEVEL: 'info', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const output: string[] = [];
  let url: string | undefined;
  // A server that is never ready must not outlive this process, nor hold its output open.
  const ready = new Promise<string>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`not ready after ${START_TIMEOUT_MS} ms:\n${output.join('\n')}`)),
      START_TIMEOUT_MS,
    );
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (url === undefined) output.push(line);
      url ??= /"url":"(http:[^"]+)"/.exec(line)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready:\n${output.join('\n')}`)));
  });
  try {
    await ready;
  } catch (error) {
    child.kill('SIGTERM');
    throw error;
  }
  return {
    url: await ready,
    async stop() {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

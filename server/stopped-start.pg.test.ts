import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { isAlive, readPostmasterFile } from './db/postmaster-file.ts';

const releases: (() => void)[] = [];
afterEach(() => releases.splice(0).forEach((release) => release()));

const LOOK_EVERY_MS = 2;
const LONGEST_START_MS = 20_000;

test('[OPS230] Linewatch that is stopped while its PostgreSQL starts ends in order and leaves none running', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'linewatch-stopped-'));
  chmodSync(directory, 0o755);
  releases.push(() => rmSync(directory, { recursive: true, force: true }));
  const linewatch = spawn(process.execPath, [join(import.meta.dirname, 'index.ts')], {
    env: { ...process.env, DATA_DIR: directory, DATABASE_URL: '', FEED: 'none', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  releases.push(() => void linewatch.kill('SIGKILL'));
  const ended = new Promise<number | null>((resolve) => linewatch.once('exit', resolve));

  const postmaster = await expect
    .poll(() => readPostmasterFile(join(directory, 'postgres')), { interval: LOOK_EVERY_MS, timeout: LONGEST_START_MS })
    .toBeDefined()
    .then(() => readPostmasterFile(join(directory, 'postgres')));
  const pid = postmaster?.pid ?? 0;
  releases.push(() => void (isAlive(pid) && process.kill(pid, 'SIGQUIT')));
  expect(isAlive(pid)).toBe(true);
  linewatch.kill('SIGTERM');

  expect(await ended).toBe(0);
  expect(isAlive(pid)).toBe(false);
});

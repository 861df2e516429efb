import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';

const SCRIPTS = fileURLToPath(new URL('.', import.meta.url));
const clones: string[] = [];

afterEach(() => {
  for (const clone of clones.splice(0)) rmSync(clone, { recursive: true, force: true });
});

/** A clone with the set-up alone, in a folder with a space in its name, and a way to run a script within it. */
function setup() {
  const clone = mkdtempSync(path.join(tmpdir(), 'linewatch set-up '));
  clones.push(clone);
  cpSync(path.join(SCRIPTS, 'set-up'), path.join(clone, 'scripts', 'set-up'), { recursive: true });
  cpSync(path.join(SCRIPTS, 'set-up.mjs'), path.join(clone, 'scripts', 'set-up.mjs'));
  const run = (script: string, environment: Readonly<Record<string, string>> = {}): ChildProcess => {
    const file = path.join(clone, 'scripts', `run-${Math.random().toString(36).slice(2)}.mjs`);
    writeFileSync(file, script);
    return spawn(process.execPath, [file], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  };
  return { clone, run };
}

async function outcome(child: ChildProcess): Promise<{ readonly code: number | null; readonly output: string }> {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, output };
}

async function firstLine(child: ChildProcess, wanted: string): Promise<void> {
  if (child.stdout === null) throw new Error('expected a stdout');
  for await (const line of createInterface({ input: child.stdout })) if (line === wanted) return;
  throw new Error(`expected "${wanted}" before the end of the output`);
}

const UNDER_LOCK = `
  import { appendFileSync } from 'node:fs';
  import { takeLock } from './set-up/lock.mjs';
  const lock = await takeLock();
  appendFileSync(process.env.LOG, 'in ');
  await new Promise((resolve) => setTimeout(resolve, 300));
  appendFileSync(process.env.LOG, 'out ');
  lock.release();
`;
const HOLD_LOCK = `
  import { takeLock, noteChild } from './set-up/lock.mjs';
  await takeLock();
  console.log('held');
  setInterval(() => {}, 1000);
`;

test('[OPS66] set-ups of one clone run one after another', async () => {
  const { clone, run } = setup();
  const log = path.join(clone, 'log');
  const codes = await Promise.all([1, 2, 3].map(() => outcome(run(UNDER_LOCK, { LOG: log }))));
  expect(codes.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(readFileSync(log, 'utf8')).toBe('in out in out in out ');
  expect(existsSync(path.join(clone, '.set-up', 'lock'))).toBe(false);
});

test('[OPS67] the lock of a set-up that was killed is taken over, by one only', async () => {
  const { clone, run } = setup();
  const log = path.join(clone, 'log');
  const killed = run(HOLD_LOCK);
  await firstLine(killed, 'held');
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const results = await Promise.all([1, 2].map(() => outcome(run(UNDER_LOCK, { LOG: log }))));
  expect(results.map(({ code }) => code)).toEqual([0, 0]);
  expect(readFileSync(log, 'utf8')).toBe('in out in out ');
});

test('[OPS67] … but not before the command that it had started has ended', async () => {
  const { clone, run } = setup();
  const log = path.join(clone, 'log');
  const command = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 1500)']);
  const ended = once(command, 'exit').then(() => Date.now());
  const killed = run(`${HOLD_LOCK}\nnoteChild(${command.pid});\nconsole.log('noted');`);
  await firstLine(killed, 'noted');
  killed.kill('SIGKILL');
  const { code } = await outcome(run(UNDER_LOCK.replace("'in '", 'String(Date.now())'), { LOG: log }));
  expect(code).toBe(0);
  expect(Number.parseInt(readFileSync(log, 'utf8'), 10)).toBeGreaterThanOrEqual((await ended) - 50);
});

test('[OPS68] a stamp is written whole, and changes with names and contents of what it stands for', async () => {
  const { clone, run } = setup();
  mkdirSync(path.join(clone, 'app'));
  writeFileSync(path.join(clone, 'app', 'a.ts'), '1');
  const print = `
    import { fingerprint, writeStamp } from './set-up/stamp.mjs';
    import { place } from './set-up/places.mjs';
    const print = fingerprint(['app', 'absent.json'], { isPart: (path) => !path.endsWith('.test.ts') });
    writeStamp(place('.next', 'stamp'), print);
    console.log(print);
  `;
  const stamp = async (): Promise<string> => (await outcome(run(print))).output.trim();
  const first = await stamp();
  writeFileSync(path.join(clone, 'app', 'a.test.ts'), '1');
  expect(await stamp()).toBe(first);
  writeFileSync(path.join(clone, 'app', 'a.ts'), '2');
  const changed = await stamp();
  writeFileSync(path.join(clone, 'absent.json'), '');
  expect(new Set([first, changed, await stamp()]).size).toBe(3);
  expect(readdirSync(path.join(clone, '.next'))).toEqual(['stamp']);
});

test('[OPS69] a set-up that is asked for something unknown says what there is', async () => {
  const { run } = setup();
  const { code, output } = await outcome(run(`process.argv[2] = 'fly'; await import('./set-up.mjs');`));
  expect({ code, output }).toEqual({
    code: 2,
    output: 'linewatch: expected one of start, dev, test, e2e, got "fly"\n',
  });
});

import { spawn } from 'node:child_process';
import { ROOT } from './places.mjs';

const TICK_ON_TERMINAL_MS = 1_000;
const TICK_IN_LOG_MS = 10_000;
const OUTPUT_KEPT_CHARS = 20_000;
const OUTPUT_SHOWN_LINES = 40;

const children = new Set();
let childWatch = (_pid) => {};

/** Hands the process id of each command to `watch` when it starts, and undefined when it has ended. */
export function watchChildren(watch) {
  childWatch = watch;
}

/** A failure that a newcomer can act on: one sentence, and what the failed command printed. */
export class SetUpError extends Error {
  constructor(message, output = '') {
    super(message);
    this.output = output;
  }
}

export const say = (text) => console.log(`linewatch: ${text}`);

/** Ends whatever is running, for an interrupt. */
export function stopChildren() {
  for (const child of children) child.kill();
}

/** Shows a title with its elapsed seconds until told that it is done; silent output would look like a hang. */
export function startProgress(title) {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  const onTerminal = process.stdout.isTTY === true;
  const draw = () => process.stdout.write(`\r\u001b[2Klinewatch: ${title} … ${seconds()} s`);
  if (onTerminal) draw();
  else say(`${title} …`);
  const tick = onTerminal ? draw : () => say(`${title} … ${seconds()} s`);
  const timer = setInterval(tick, onTerminal ? TICK_ON_TERMINAL_MS : TICK_IN_LOG_MS);
  return {
    done(word = 'done') {
      clearInterval(timer);
      if (onTerminal) process.stdout.write('\r\u001b[2K');
      say(`${title}: ${word} (${seconds()} s)`);
    },
  };
}

/**
 * Runs a command under a progress line. Resolves with `{ ok, output, reason }`; never rejects for a command that
 * fails, is missing or outlives `timeoutMs`.
 */
export function run(title, command, args, { env = {}, cwd = ROOT, timeoutMs, shell = false } = {}) {
  return new Promise((resolve) => {
    const progress = startProgress(title);
    const child = spawn(command, args, {
      cwd,
      shell,
      env: cleanEnvironment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    children.add(child);
    childWatch(child.pid);
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-OUTPUT_KEPT_CHARS);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    let reason = '';
    const timer = setTimeout(() => {
      reason = `it took longer than ${Math.round(timeoutMs / 1000)} s`;
      child.kill('SIGKILL');
    }, timeoutMs);
    const finish = (ok) => {
      if (!children.delete(child)) return;
      clearTimeout(timer);
      childWatch(undefined);
      progress.done(ok ? 'done' : 'failed');
      resolve({ ok, output: output.trimEnd(), reason });
    };
    child.once('error', (error) => {
      reason = error.message;
      finish(false);
    });
    child.once('close', (code, signal) => {
      if (reason === '' && code !== 0) reason = signal === null ? `exit code ${code}` : `ended by ${signal}`;
      finish(code === 0);
    });
  });
}

/** Our own environment without what a debugger or a shell profile may have put in for another Node. */
export function cleanEnvironment(additions = {}) {
  const { NODE_OPTIONS: _ownNodeOnly, NODE_PATH: _ownModulesOnly, ...rest } = process.env;
  return { ...rest, ...additions };
}

/** The end of what a command printed, where it says why it failed. */
export const lastLines = (output) => output.split('\n').slice(-OUTPUT_SHOWN_LINES).join('\n');

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const GRACE_MS = 10_000;

/** The script behind a command of `node_modules/.bin`, so that it can be run by this very Node on every platform. */
export const COMMANDS = {
  vitest: 'node_modules/vitest/vitest.mjs',
  playwright: 'node_modules/playwright/cli.js',
  oxfmt: 'node_modules/oxfmt/bin/oxfmt',
  oxlint: 'node_modules/oxlint/bin/oxlint',
  next: 'node_modules/next/dist/bin/next',
  tsc: 'node_modules/typescript/bin/tsc',
  knip: 'node_modules/knip/bin/knip.js',
  setUp: 'scripts/set-up.mjs',
} as const;

export type CommandOptions = {
  readonly environment?: Readonly<Record<string, string>>;
  /** A command that has not ended by then is stopped and counts as failed. */
  readonly timeoutMs: number;
};

/** Runs a command with its output on ours. Resolves with whether it ended well. */
export function runCommand(
  name: keyof typeof COMMANDS,
  args: readonly string[],
  options: CommandOptions,
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [COMMANDS[name], ...args], {
      cwd: ROOT,
      env: { ...process.env, ...options.environment },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const stop = setTimeout(() => {
      console.error(`${name} was stopped: it took longer than ${options.timeoutMs / 60_000} minutes`);
      child.kill('SIGTERM');
    }, options.timeoutMs);
    const kill = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs + GRACE_MS);
    const finish = (succeeded: boolean): void => {
      clearTimeout(stop);
      clearTimeout(kill);
      resolve(succeeded);
    };
    child.once('error', (error) => {
      console.error(`${name} could not be started: ${error.message}`);
      finish(false);
    });
    child.once('close', (code) => finish(code === 0));
  });
}

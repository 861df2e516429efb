import { readFileSync } from 'node:fs';
import { readFile, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from './run-program.ts';

/** What a running server says of itself in `postmaster.pid`. */
export type PostmasterFile = { readonly pid: number; readonly port: number; readonly socketDirectory: string };

export const postmasterFilePath = (clusterDirectory: string): string => join(clusterDirectory, 'postmaster.pid');

/** The server that last ran on these files, or undefined when it shut down in order. It may be long dead. */
export async function readPostmasterFile(clusterDirectory: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(postmasterFilePath(clusterDirectory), 'utf8').catch(() => '');
  const [pid, , , port, socketDirectory] = text.split('\n');
  const number = Number.parseInt(pid ?? '', 10);
  if (!(number > 0)) return undefined;
  return { pid: number, port: Number.parseInt(port ?? '', 10), socketDirectory: socketDirectory?.trim() ?? '' };
}

/** Whether this process is the server of these files, and not another one that was given its number later. */
export async function isPostmasterOf(clusterDirectory: string, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return true;
  const real = await realpath(clusterDirectory).catch(() => clusterDirectory);
  if (process.platform === 'linux') {
    // A server works inside its data directory. Containers hide that even from root; the arguments are open to all.
    const place = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
    if (place !== undefined) return place === real;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return command.split('\0').some((part) => part === clusterDirectory || part === real);
  }
  const command = await runProgram('ps', ['-o', 'args=', '-p', String(pid)]);
  return command.ok && command.output.includes('postgres') && command.output.includes(clusterDirectory);
}

/** Whether a process with this number runs; one that is dead but not yet collected by its parent does not. */
export function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return process.platform !== 'linux' || !isZombie(pid);
}

// In a container whose first process collects no orphans, a killed server stays in the process table for ever.
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
  } catch {
    return true;
  }
}

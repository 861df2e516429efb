import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readPassword } from '../../server/db/postgres-cluster.ts';
import { readPostmasterFile } from '../../server/db/postmaster-file.ts';

/** What of the embedded PostgreSQL is killed: the server that all else hangs on, one connection's process, or all at once. */
export const POSTGRES_PARTS = ['postmaster', 'backend', 'everything'] as const;
export type PostgresPart = (typeof POSTGRES_PARTS)[number];

const clusterOf = (dataDir: string): string => path.join(dataDir, 'postgres');

/** The address of a desk's own database, for who looks at it from outside. */
export async function postgresUrl(dataDir: string): Promise<string> {
  const cluster = clusterOf(dataDir);
  const file = await readPostmasterFile(cluster);
  const host = file === undefined || file.socketDirectory === '' ? cluster : file.socketDirectory;
  return `postgresql://linewatch:${await readPassword(cluster)}@${encodeURIComponent(host)}:${file?.port ?? 5432}/linewatch`;
}

/** SIGKILL, as the kernel does when memory runs out. */
export async function killPostgres(dataDir: string, part: PostgresPart): Promise<void> {
  const file = await readPostmasterFile(clusterOf(dataDir));
  if (file === undefined) return;
  const children = childrenOf(file.pid);
  switch (part) {
    case 'postmaster':
      kill(file.pid, 'SIGKILL');
      return;
    case 'backend':
      // PostgreSQL takes the death of any of its processes for damage to shared memory, and starts over by itself.
      kill(children.at(-1) ?? file.pid, 'SIGKILL');
      return;
    case 'everything':
      for (const pid of [file.pid, ...children]) kill(pid, 'SIGKILL');
  }
}

/** Holds every process of the server still, as a machine that swaps or a network that is cut would; returns its undo. */
export async function freezePostgres(dataDir: string): Promise<() => void> {
  const file = await readPostmasterFile(clusterOf(dataDir));
  if (file === undefined) throw new Error('there is no PostgreSQL to freeze');
  const frozen = [file.pid, ...childrenOf(file.pid)];
  for (const pid of frozen) kill(pid, 'SIGSTOP');
  return () => {
    for (const pid of frozen) kill(pid, 'SIGCONT');
  };
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

// Linux only; elsewhere the server alone is killed, which its children notice and end.
function childrenOf(parent: number): number[] {
  if (process.platform !== 'linux') return [];
  const numbers = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return numbers.map(Number).filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

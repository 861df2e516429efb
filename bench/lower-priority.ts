import { readFile, writeFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';

const SESSION = '/proc/self/autogroup';

/**
 * Gives this process, what it starts from now on, and its session the lowest priority; resolves with what gives the
 * session the one before back, which outlives the process. Linux weighs sessions before processes; elsewhere there are
 * only processes.
 */
export async function lowerPriority(): Promise<() => Promise<void>> {
  const tell = (priority: string): Promise<void> => writeFile(SESSION, priority).catch(() => undefined);
  const before = await readFile(SESSION, 'utf8').catch(() => '');
  setPriority(constants.priority.PRIORITY_LOW);
  await tell(String(constants.priority.PRIORITY_LOW));
  return () => tell(/nice (-?\d+)/.exec(before)?.[1] ?? '0');
}

import { constants } from 'node:fs';
import { access, chmod, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileFailure } from './postgres-failure.ts';

/** Makes the data directory if it is not there. Throws `start_failed` when it cannot be written. */
export async function prepareDataDirectory(directory: string): Promise<void> {
  try {
    const created = await makeDirectories(directory);
    // Whoever runs PostgreSQL must pass through it, even under a umask of 077; its own directory below is private.
    if (created && process.getuid?.() === 0) await chmod(directory, 0o755);
    await access(directory, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw fileFailure(directory, error);
  }
}

// Not `recursive: true`: where a directory that exists can hold no other, as /proc, Node never comes back from it.
async function makeDirectories(directory: string): Promise<boolean> {
  const above = dirname(directory);
  try {
    return await makeOne(directory);
  } catch (error) {
    const isMissingAbove = error instanceof Error && 'code' in error && error.code === 'ENOENT' && above !== directory;
    if (!isMissingAbove) throw error;
    await makeDirectories(above);
    return makeOne(directory);
  }
}

async function makeOne(directory: string): Promise<boolean> {
  try {
    await mkdir(directory);
    return true;
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!isThere || !(await stat(directory)).isDirectory()) throw error;
    return false;
  }
}

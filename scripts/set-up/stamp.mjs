import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SetUpError } from './terminal.mjs';
import { ROOT, place } from './places.mjs';

/** A hash over names and contents of files and, below folders, of all files whose path `isPart` accepts. */
export function fingerprint(paths, { salt = '', isPart = () => true } = {}) {
  const hash = createHash('sha256').update(salt);
  for (const path of paths.flatMap((part) => filesBelow(part)).filter(isPart)) {
    hash.update(`\0${path}\0`).update(readFileSync(place(path)));
  }
  return hash.digest('hex');
}

function filesBelow(path) {
  if (!existsSync(place(path))) return [];
  if (!statSync(place(path)).isDirectory()) return [path];
  const names = readdirSync(place(path)).sort();
  return names.flatMap((name) => filesBelow(`${path}/${name}`));
}

/** What a finished step left behind, or undefined when it has never finished. */
export function readStamp(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Written whole or not at all, as the last act of a step: a step killed in the middle has no stamp. */
export function writeStamp(path, text) {
  orExplain(() => {
    mkdirSync(dirname(path), { recursive: true });
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, text);
    renameSync(draft, path);
  });
}

/** Runs a change on the disk and turns a refusal into a sentence. */
export function orExplain(change) {
  try {
    return change();
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(error.code)) {
      throw new SetUpError(
        `${error.path} cannot be written by this user: make ${ROOT} yours (chown) or work in a clone of your own.`,
      );
    }
    if (error.code === 'ENOSPC') throw new SetUpError(`The disk is full: free some space (about 2 GB) and try again.`);
    throw error;
  }
}

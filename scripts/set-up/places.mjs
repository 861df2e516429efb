import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, whatever the working directory is. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The path of a file of this clone. */
export const place = (...parts) => join(ROOT, ...parts);

/** Where the set-up keeps its lock and what it found out about this machine. */
export const NOTES_DIR = place('.set-up');

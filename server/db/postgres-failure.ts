import { AppError } from '../../contracts/errors.ts';
import { OR_DATABASE_URL } from './postgres-binaries.ts';

/** What failed, from what PostgreSQL printed, as one sentence that says what to do. */
export function postgresFailure(what: string, directory: string, output: string): AppError {
  return new AppError('start_failed', `${sentence(what, directory, output)}, ${OR_DATABASE_URL}.`, {
    details: output.slice(-4_000),
  });
}

/** What failed with a file of ours, from the code of the system call. */
export function fileFailure(directory: string, error: unknown): AppError {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);
  return new AppError('start_failed', `${fileSentence(directory, code)}, ${OR_DATABASE_URL}.`, { cause: error });
}

function fileSentence(directory: string, code: string): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return fullDisk(directory);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `The data directory ${directory} cannot be written (${code}): give this user access to it, or name another one in DATA_DIR`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `The data directory ${directory} is not a directory: name another one in DATA_DIR`;
    default:
      return `The data directory ${directory} cannot be used (${code}): name another one in DATA_DIR`;
  }
}

function sentence(what: string, directory: string, output: string): string {
  if (/No space left on device|Disk quota exceeded/i.test(output)) return fullDisk(directory);
  if (/could not (?:create|map).*shared memory|Cannot allocate memory/i.test(output)) {
    return `${what}: there is not enough memory (${lastComplaint(output)}): free some, or give the container more`;
  }
  if (/Permission denied/i.test(output)) {
    return `${what} in ${directory}: permission denied (${lastComplaint(output)}): give its owner access, or name another directory in DATA_DIR`;
  }
  return `${what} in ${directory} (${lastComplaint(output)}): see postgres.log there, name another directory in DATA_DIR`;
}

const fullDisk = (directory: string): string =>
  `The disk that holds ${directory} is full: free some space, or name a directory on another one in DATA_DIR`;

function lastComplaint(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const complaint = lines.findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? lines.at(-1);
  return complaint?.replace(/^.*?(?=FATAL|PANIC|initdb:)/, '').trim() ?? 'it said nothing';
}

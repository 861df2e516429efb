import { expect, test } from 'vitest';
import { fileFailure, postgresFailure } from './postgres-failure.ts';

const systemError = (code: string): Error => Object.assign(new Error(code), { code });
const FULL = '2026-11-23 02:48:49 UTC [7] FATAL:  could not write lock file "postmaster.pid": No space left on device';
const OTHER = '2026-11-23 02:48:49 UTC [7] FATAL:  invalid value for parameter "wal_compression": "lz4"\nHINT: pglz';

test.each([
  [
    'a full disk',
    postgresFailure('PostgreSQL could not start', '/data', FULL),
    /disk that holds \/data is full: free some space/,
  ],
  [
    'no memory',
    postgresFailure('It failed', '/data', 'FATAL:  could not create shared memory segment'),
    /not enough memory/,
  ],
  ['no permission', postgresFailure('It failed', '/data', 'initdb: error: Permission denied'), /give its owner access/],
  [
    'anything else',
    postgresFailure('It failed', '/data', OTHER),
    /^It failed in \/data \(FATAL: {2}invalid value.*see postgres\.log/,
  ],
  ['silence', postgresFailure('It failed', '/data', ''), /it said nothing/],
  ['a full disk below our files', fileFailure('/data', systemError('ENOSPC')), /disk that holds \/data is full/],
  [
    'a directory of another user',
    fileFailure('/data', systemError('EACCES')),
    /cannot be written \(EACCES\): give this user access/,
  ],
  ['a file in its place', fileFailure('/data', systemError('ENOTDIR')), /is not a directory/],
  ['another system error', fileFailure('/data', systemError('EIO')), /cannot be used \(EIO\)/],
])('[DB19] %s is one sentence that says what to do', (_name, error, sentence) => {
  expect(error.code).toBe('start_failed');
  expect(error.message).toMatch(sentence);
  expect(error.message).toMatch(/DATABASE_URL to a PostgreSQL of your own.*\.$/);
  expect(error.message).not.toContain('\n');
});

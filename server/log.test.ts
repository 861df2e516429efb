/* oxlint-disable no-console -- the console is what is tested here */
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { AppError } from '../contracts/errors.ts';
import { toAppError } from './db/errors.ts';
import { captureConsole, logFailedRequest, logTrouble } from './log.ts';

let undo: (() => void) | undefined;
afterEach(() => undo?.());

function setup(level: string) {
  const lines: string[] = [];
  undo = captureConsole(pino({ level, base: null }, { write: (line) => void lines.push(line) }));
  return () => lines.map((line) => JSON.parse(line) as { level: number; msg: string; err?: { stack: string } });
}

test('[OPS85] what a library prints is one JSON line each, without its colours', () => {
  const read = setup('info');
  console.warn('\u001B[33mcareful\u001B[39m, %d left', 3);
  console.error('page failed:', new Error('boom'));
  expect(read()).toMatchObject([
    { level: 40, msg: 'careful, 3 left' },
    { level: 50, msg: 'page failed: Error: boom', err: { stack: expect.stringContaining('log.test.ts') } },
  ]);
});

test('[OPS85] what a library merely remarks is told at debug alone', () => {
  const read = setup('info');
  console.log('took 12 ms');
  expect(read()).toEqual([]);
  undo?.();
  const readAll = setup('debug');
  console.log('took 12 ms');
  expect(readAll()).toMatchObject([{ level: 20, msg: 'took 12 ms' }]);
});

test('[OPS86] a request that is put off is one line; one that fails by a fault of ours comes with its stack', () => {
  const lines: string[] = [];
  const log = pino({ base: null }, { write: (line) => void lines.push(line) });
  const request = { method: 'POST', path: '/api/ingest/snapshots' };
  logFailedRequest(log, new AppError('queue_full', '200000 rows wait'), request);
  logFailedRequest(log, new TypeError('boom'), request);
  const [late, broken] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(late).toMatchObject({ level: 40, ...request, msg: 'a request was put off: 200000 rows wait' });
  expect(late).not.toHaveProperty('err');
  expect(broken).toMatchObject({ level: 50, ...request, err: { stack: expect.stringContaining('log.test.ts') } });
});

test('[DB320] work in the background that meets a database which is away or starting is a warning of one line', () => {
  const lines: string[] = [];
  const log = pino({ base: null }, { write: (line) => void lines.push(line) });
  const starting = Object.assign(new Error('the database system is starting up'), { code: '57P03' });
  logTrouble(log, toAppError(starting), 'the feeds could not be read');
  logTrouble(log, toAppError(Object.assign(new Error('duplicate key'), { code: '23505' })), 'a row was not stored');
  logTrouble(log, new TypeError('boom'), 'the feeds could not be read');
  const [away, refused, broken] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(away).toEqual({
    level: 40,
    time: expect.any(Number),
    msg: 'the feeds could not be read: The database is starting or recovering from a crash; try again in a moment.',
  });
  expect([refused, broken]).toMatchObject([{ level: 50 }, { level: 50, err: { message: 'boom' } }]);
});

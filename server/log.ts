import { format, stripVTControlCharacters } from 'node:util';
import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import { ERROR_STATUS, errorCode } from '../contracts/errors.ts';

export type { Logger };

/** JSON lines for a collector, readable lines on a terminal. Connection strings and keys never get through. */
export function createLog(level: string): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: ['*.password', '*.databaseUrl', 'databaseUrl', '*.authorization'], censor: '[hidden]' },
  };
  if (!process.stdout.isTTY) return pino(options);
  return pino(options, pretty({ ignore: 'time', hideObject: true, sync: true }));
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Logs what failed: the sentence alone where it is ours, with its stack where nobody foresaw it. */
export function complain(log: Logger, level: 'fatal' | 'error', error: unknown, what: string): void {
  if (errorCode(error) === 'internal') log[level]({ err: error }, what);
  else log[level](`${what}: ${messageOf(error)}`);
}

/** A full queue, a database that is away, a stop are said to the caller, and are no faults that a stack explains. */
export function logFailedRequest(
  log: Logger,
  error: unknown,
  request: { readonly method: string; readonly path: string },
): void {
  if (errorCode(error) === 'internal') log.error({ err: error, ...request }, 'a request failed');
  else log.warn(request, `a request was put off: ${messageOf(error)}`);
}

/** Work in the background that failed and is tried again: what passes by itself is a warning that no stack explains. */
export function logTrouble(log: Logger, error: unknown, what: string): void {
  if (ERROR_STATUS[errorCode(error)] === 503) log.warn(`${what}: ${messageOf(error)}`);
  else log.error({ err: error }, what);
}

const LEVEL_OF_CONSOLE = { log: 'debug', info: 'debug', warn: 'warn', error: 'error' } as const;

/**
 * Makes lines of the log of what libraries print, as Next does with the errors of pages: a collector then reads JSON
 * alone. What they merely remark is for `debug`. Returns its undo.
 */
export function captureConsole(log: Logger): () => void {
  const { log: plain, info, warn, error } = console;
  for (const [method, level] of Object.entries(LEVEL_OF_CONSOLE)) {
    const capture = (...values: readonly unknown[]): void => {
      const cause = values.find((value) => value instanceof Error);
      const text = stripVTControlCharacters(format(...values)).trim();
      if (cause === undefined) log[level](text);
      else log[level]({ err: cause }, text.split('\n', 1)[0]);
    };
    Object.assign(console, { [method]: capture });
  }
  return () => void Object.assign(console, { log: plain, info, warn, error });
}

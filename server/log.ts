import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

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

import { AppError } from '../../contracts/errors.ts';

const RETRY_AFTER_SECONDS = 2;
const MAX_CAUSES = 6;

// SQLSTATE classes: lost connection, rollback by conflict, lack of resources (disk, memory, connections),
// operator's intervention (shutdown, recovery, a timed-out statement), failing disk.
const TRANSIENT_CLASSES: ReadonlySet<string> = new Set(['08', '40', '53', '57', '58']);
// Lock not available; idle transaction cut; a server that turned read-only under us (failover). And what is met while a
// dump is restored under us: no such database, one that takes no connections, no such table, column or schema.
const TRANSIENT_STATES: ReadonlySet<string> = new Set([
  '55P03',
  '25P03',
  '25P04',
  '25006',
  '3D000',
  '55000',
  '42P01',
  '42703',
  '3F000',
]);
const REJECTED_CLASSES: ReadonlySet<string> = new Set(['22', '23']);
const SYSTEM_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  // The socket file of a server that is not running; only `connect` gives it on this side of the database.
  'ENOENT',
]);
const TRANSIENT_PRISMA_CODES: ReadonlySet<string> = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'P2034',
  'P2037',
]);
const TRANSIENT_KINDS: ReadonlySet<string> = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'TransactionWriteConflict',
  // Our own word for it.
  'database_unavailable',
]);
const REJECTED_PRISMA_CODES: ReadonlySet<string> = new Set(['P2000', 'P2002', 'P2003', 'P2004', 'P2011', 'P2020']);
// What pg says of a lost connection comes without any code, straight through Prisma.
const CONNECTION_LOST =
  /^(Connection terminated|Client has encountered a connection error|Client was closed and is not queryable|timeout exceeded when trying to connect|Query read timeout)/;
/** What the operator must know of an outage, by the mark that tells it; what nobody can tell apart has no line. */
const OUTAGES: Readonly<Record<string, string>> = {
  '53100': 'has no room left on its disk',
  '53200': 'has no memory left',
  '53300': 'has no connection left to give',
  TooManyConnections: 'has no connection left to give',
  '57014': 'did not finish in time',
  '57P03': 'is starting or recovering from a crash',
  '25006': 'takes no writes: it is a standby',
  '3D000': 'is not there: is it being restored?',
  '55000': 'takes no connections: is it being restored?',
  '42P01': 'lacks a table: is it being restored?',
  '42703': 'lacks a column: is it being restored, or of another version?',
};
const SQL_STATE = /^[0-9A-Z]{5}$/;
const PRISMA_CODE = /^P\d{4}$/;

/**
 * Whether the same work may succeed when it is tried again: the database was away, out of resources, or two
 * transactions met. A lost connection leaves open whether a COMMIT under way took effect, so work that is
 * tried again must have the same effect twice as once.
 */
export function isTransient(error: unknown): boolean {
  return marks(error).some(
    (mark) =>
      TRANSIENT_PRISMA_CODES.has(mark) ||
      TRANSIENT_KINDS.has(mark) ||
      SYSTEM_CODES.has(mark) ||
      TRANSIENT_STATES.has(mark) ||
      (isSqlState(mark) && TRANSIENT_CLASSES.has(mark.slice(0, 2))) ||
      CONNECTION_LOST.test(mark),
  );
}

/** Anything that a database call threw as an AppError: `database_unavailable`, `rejected_by_database` or `internal`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isTransient(error)) {
    return new AppError('database_unavailable', `The database ${outageOf(error)}; try again in a moment.`, {
      cause: error,
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
  const found = marks(error);
  const rejected = found.some(
    (mark) => REJECTED_PRISMA_CODES.has(mark) || (isSqlState(mark) && REJECTED_CLASSES.has(mark.slice(0, 2))),
  );
  const code = found.find(isSqlState) ?? found.find((mark) => PRISMA_CODE.test(mark));
  const reason = code === undefined ? '' : ` (${code})`;
  return rejected
    ? new AppError('rejected_by_database', `The database refused a value${reason}.`, { cause: error })
    : new AppError('internal', `A database call failed${reason}.`, { cause: error });
}

function outageOf(error: unknown): string {
  const known = marks(error).find((mark) => Object.hasOwn(OUTAGES, mark));
  return (known === undefined ? undefined : OUTAGES[known]) ?? 'cannot be reached or is overloaded';
}

const isSqlState = (mark: string): boolean =>
  SQL_STATE.test(mark) && !PRISMA_CODE.test(mark) && !SYSTEM_CODES.has(mark);

/** Every code, kind and message by which an error can be known, of itself and of what caused it. */
function marks(error: unknown): string[] {
  const found: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < MAX_CAUSES && isObject(current); depth += 1) {
    const { code, errorCode, kind, originalCode, message } = current;
    for (const value of [originalCode, code, errorCode, kind, message])
      if (typeof value === 'string') found.push(value);
    // A failed connection to a name with several addresses is one error for each of them.
    if (Array.isArray(current['errors'])) found.push(...current['errors'].flatMap((one: unknown) => marks(one)));
    const { meta } = current;
    current = isObject(meta) && isObject(meta['driverAdapterError']) ? meta['driverAdapterError'] : current['cause'];
  }
  return found;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

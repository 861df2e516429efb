import { Socket } from 'node:net';
import { PrismaPg } from '@prisma/adapter-pg';
import { type ClientBase, Pool } from 'pg';
import { adoptDatabase } from './epoch.ts';
import { PrismaClient } from './generated/client.ts';

const READER_CONNECTIONS = 8;
const WRITER_CONNECTIONS = 4;
const CONNECT_TIMEOUT_MS = 5_000;
const READER_STATEMENT_TIMEOUT_MS = 15_000;
const WRITER_STATEMENT_TIMEOUT_MS = 30_000;
const IDLE_TRANSACTION_TIMEOUT_MS = 30_000;
/** A server that lives answers within its statement timeout; after this much more silence nobody is there. */
const SILENCE_MARGIN_MS = 5_000;
/** For storage without a moving head. By PostgreSQL's default of 4 it would rather walk a table than an index of it. */
const RANDOM_PAGE_COST = 1.1;

export type DatabaseOptions = {
  readonly url: string;
  readonly readerConnections?: number;
  readonly writerConnections?: number;
  readonly connectTimeoutMs?: number;
  /** For tests; otherwise a little more than a statement may take. */
  readonly silenceMs?: number;
  /** Hears of connections lost while nobody used them; the pool replaces them by itself. */
  readonly onConnectionLost?: (error: Error) => void;
  /**
   * Given, each new connection of the writer adopts the database before it is used: whatever puts another in its place
   * breaks the connections to the old one, so nothing is written under the epoch of a life that is over.
   */
  readonly onAdopted?: (how: Adoption) => void;
};

type Adoption = Awaited<ReturnType<typeof adoptDatabase>>;

export type PoolUse = { readonly open: number; readonly idle: number; readonly waiting: number };

export type Database = {
  /** For answers to browsers: its own connections, so that no read ever waits behind a write or the reverse. */
  readonly reader: PrismaClient;
  readonly writer: PrismaClient;
  /** Looks whether this is still the same database; see `adoptDatabase`. */
  readonly adopt: () => Promise<void>;
  readonly use: () => { readonly reader: PoolUse; readonly writer: PoolUse };
  readonly close: () => Promise<void>;
};

/**
 * Opens a reader and a writer on one database, each with its own bounded pool. Connects with the first query,
 * so it never fails itself. `close` waits for running queries and is idempotent.
 */
export function openDatabase(options: DatabaseOptions): Database {
  const reader = openClient(options, {
    name: 'linewatch-reader',
    connections: options.readerConnections ?? READER_CONNECTIONS,
    statementTimeoutMs: READER_STATEMENT_TIMEOUT_MS,
  });
  const writer = openClient(options, {
    name: 'linewatch-writer',
    connections: options.writerConnections ?? WRITER_CONNECTIONS,
    statementTimeoutMs: WRITER_STATEMENT_TIMEOUT_MS,
    ...(options.onAdopted === undefined ? {} : { onAdopted: options.onAdopted }),
  });
  let closing: Promise<void> | undefined;
  const closeBoth = async (): Promise<void> => {
    await Promise.all([reader.close(), writer.close()]);
  };
  return {
    reader: reader.client,
    writer: writer.client,
    adopt: writer.adopt,
    use: () => ({ reader: reader.use(), writer: writer.use() }),
    close: () => (closing ??= closeBoth()),
  };
}

type Role = {
  readonly name: string;
  readonly connections: number;
  readonly statementTimeoutMs: number;
  readonly onAdopted?: (how: Adoption) => void;
};

function openClient(options: DatabaseOptions, role: Role) {
  const pool = new Pool({
    connectionString: options.url,
    application_name: role.name,
    max: role.connections,
    connectionTimeoutMillis: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    keepAlive: true,
    stream: () => openSocket(options.silenceMs ?? role.statementTimeoutMs + SILENCE_MARGIN_MS),
    // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it, its types do not say so
    onConnect: (client) => prepareSession(client, role),
  });
  pool.on('error', (error) => options.onConnectionLost?.(error));
  const client = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    client,
    async adopt(): Promise<void> {
      const session = await pool.connect();
      try {
        const how = await adoptDatabase(session);
        role.onAdopted?.(how);
      } finally {
        session.release();
      }
    },
    use: (): PoolUse => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: async (): Promise<void> => {
      await client.$disconnect();
      await pool.end();
    },
  };
}

// A frozen server or a cut network says nothing, and TCP alone notices that after a quarter of an hour: until then
// a transaction in the middle of its COMMIT would hold up every later one.
function openSocket(silenceMs: number): Socket {
  const socket = new Socket();
  socket.setTimeout(silenceMs, () => {
    socket.destroy(new Error(`Connection terminated: the database said nothing for ${silenceMs} ms`));
  });
  return socket;
}

// UTC because the adapter drops the offset of a timestamptz: in any other zone every instant would be read
// shifted. Set here and not in the start-up packet, which poolers such as PgBouncer refuse.
async function prepareSession(client: ClientBase, role: Role): Promise<void> {
  await client.query(
    `SET TIME ZONE 'UTC'; SET statement_timeout = ${role.statementTimeoutMs};` +
      // No read of a desk is so large that it should start further processes.
      `SET random_page_cost = ${RANDOM_PAGE_COST}; SET max_parallel_workers_per_gather = 0;` +
      `SET idle_in_transaction_session_timeout = ${IDLE_TRANSACTION_TIMEOUT_MS}`,
  );
  if (role.onAdopted !== undefined) role.onAdopted(await adoptDatabase(client));
}

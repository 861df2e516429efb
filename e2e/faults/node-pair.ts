// Two Linewatch processes on one PostgreSQL that belongs to neither. Uses the room server/db.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../../server/db/embedded-postgres.ts';
import { type DeskServer, startDesk } from '../desk-server.ts';
import type { Endpoint } from './tcp-proxy.ts';

export type NodePair = {
  readonly nodes: readonly [DeskServer, DeskServer];
  readonly databaseUrl: string;
  /** Stops what still runs and removes all data. */
  readonly dispose: () => Promise<void>;
};

/** Browsers that come through a proxy of the tests name its port. */
const ANY_PORT = { PUBLIC_HOSTS: '127.0.0.1' };

/** Where a node answers, for a proxy. */
export const endpointOf = (desk: DeskServer): Endpoint => ({ host: '127.0.0.1', port: Number(new URL(desk.url).port) });

/** One desk with a database of its own, that may be reached through a proxy. */
export const startProxiedDesk = (): Promise<DeskServer> => startDesk(ANY_PORT);

export async function startNodePair(): Promise<NodePair> {
  const directory = mkdtempSync(path.join(tmpdir(), 'linewatch-pair-'));
  // As root, PostgreSQL runs as another user, who must be able to come in.
  chmodSync(directory, 0o755);
  const postgres = await startEmbeddedPostgres({ dataDirectory: directory });
  const begun: DeskServer[] = [];

  async function dispose(): Promise<void> {
    await Promise.allSettled(begun.map((node) => node.dispose()));
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  async function startNode(): Promise<DeskServer> {
    const node = await startDesk({ ...ANY_PORT, DATABASE_URL: postgres.url });
    begun.push(node);
    return node;
  }

  try {
    // At once, as a deployment does: one of them migrates while the other waits.
    const nodes = await Promise.all([startNode(), startNode()]);
    return { nodes, databaseUrl: postgres.url, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

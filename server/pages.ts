import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import type http from 'node:http';
import path from 'node:path';
import { AppError } from '../contracts/errors.ts';

const PROJECT_DIRECTORY = path.resolve(import.meta.dirname, '..');

/**
 * Prepares Next. In production it gets an emitter in place of the server, so that its own upgrade handling can't
 * be reached from outside; in development it attaches itself to the server for hot reloading.
 */
export async function preparePages(options: { readonly dev: boolean; readonly server: http.Server }) {
  if (!options.dev && !existsSync(path.join(PROJECT_DIRECTORY, '.next', 'BUILD_ID'))) {
    throw new AppError(
      'start_failed',
      'the pages are not built: expected .next/BUILD_ID; run `npm start`, which builds them',
    );
  }
  // React reads NODE_ENV while it loads, so it is set before Next is imported at all.
  Object.assign(process.env, { NODE_ENV: options.dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' });
  const { default: next } = await import('next');
  const app = next({
    dev: options.dev,
    dir: PROJECT_DIRECTORY,
    httpServer: options.dev ? options.server : (new EventEmitter() as http.Server),
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  return {
    handle: (request: http.IncomingMessage, response: http.ServerResponse): void => {
      void handle(request, response).catch(() => response.destroy());
    },
    close: (): Promise<void> => app.close(),
  };
}

/** Upgrades that Next takes itself in development. */
export const isNextUpgrade = (url: string): boolean => url.startsWith('/_next/');

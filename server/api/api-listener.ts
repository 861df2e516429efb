import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';

/** Stands for the name that a request does not say; who asks so is no browser, see `createOriginCheck`. */
const UNNAMED = 'localhost';

/** The API as a listener of Node's server. */
export function createApiListener(
  api: (request: Request) => Response | Promise<Response>,
): (request: IncomingMessage, response: ServerResponse) => void {
  // Without a name HTTP/1.0, in which balancers ask for our health, would be a plain 400.
  const listener = getRequestListener((request) => api(request), { overrideGlobalObjects: false, hostname: UNNAMED });
  return (request, response) => void listener(request, response);
}

import http from 'node:http';
import { AppError, ERROR_STATUS, toEnvelope } from '../contracts/errors.ts';

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** Longest time a client may take to send its headers, and a whole request: a body of 50 MB over a slow line. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 300_000;
/**
 * How long a connection may rest between two requests. Longer than proxies keep theirs (nginx and most others 60 s), as
 * who closes first must be they: a POST sent into a connection that we are closing is lost, and is not sent again.
 */
const KEEP_ALIVE_TIMEOUT_MS = 75_000;
/** What running requests get to finish in when the server stops. */
const CLOSE_GRACE_MS = 2_000;

/** Tells whoever watches the process that it lives, and nothing of the desk. */
const LIVENESS_PATH = /^\/healthz(?:\?|$)/;
const API_PATHS = /^\/(?:api(?:[/?]|$)|healthz(?:\?|$)|readyz(?:\?|$)|metrics(?:\?|$))/;

/**
 * One port for everything: the API answers its own paths before Next sees them, pages go to Next.
 * Requests that went around the proxy, and those from names that are not ours, are refused before either.
 */
export function createHttpServer(options: {
  readonly api: Handler;
  readonly pages: Handler;
  /** Whether it came the way that requests must come. */
  readonly isAdmitted: (request: http.IncomingMessage) => boolean;
  readonly check: (request: http.IncomingMessage) => 'ok' | 'forbidden_host' | 'forbidden_origin';
}): http.Server {
  const server = http.createServer((request, response) => {
    const url = request.url ?? '';
    if (!LIVENESS_PATH.test(url) && !options.isAdmitted(request)) {
      refuse(response, new AppError('forbidden_proxy', 'expected a request that comes by the proxy with the login'));
      return;
    }
    // `OPTIONS *` asks after the server as a whole; a whole address is for proxies, and we are none.
    if (!url.startsWith('/')) {
      refuse(response, new AppError('bad_request', `expected a path that begins with "/", got "${url}"`));
      return;
    }
    if (API_PATHS.test(url)) {
      options.api(request, response);
      return;
    }
    if (options.check(request) === 'forbidden_host') {
      response.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end(`Linewatch does not answer to the name "${request.headers.host ?? ''}".\n`);
      return;
    }
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('X-Frame-Options', 'DENY');
    response.setHeader('Referrer-Policy', 'same-origin');
    options.pages(request, response);
  });
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
  return server;
}

function refuse(response: http.ServerResponse, error: AppError): void {
  response.writeHead(ERROR_STATUS[error.code], { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(toEnvelope(error)));
}

/** Starts listening. Resolves with the port in use, rejects with `start_failed` and what to do about the port. */
export function listen(server: http.Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => reject(portProblem(error, port, host));
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function portProblem(error: NodeJS.ErrnoException, port: number, host: string): AppError {
  const why: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} of ${host} is taken by another program (another Linewatch?)`,
    EACCES: `this user may not listen on port ${port}`,
    EADDRNOTAVAIL: `this machine has no address ${host}`,
  };
  const reason = why[error.code ?? ''] ?? `cannot listen on port ${port} of ${host} (${error.message})`;
  return new AppError('start_failed', `${reason}: name another one, as in PORT=3001`, {
    cause: error,
  });
}

/** Takes no more connections, lets running requests finish for a moment, then ends what is left. */
export async function closeServer(server: http.Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const overdue = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
  await closed;
  clearTimeout(overdue);
}

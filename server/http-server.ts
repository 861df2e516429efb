import http from 'node:http';
import { AppError } from '../contracts/errors.ts';

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** Longest time a client may take to send its headers, and a whole request: a body of 50 MB over a slow line. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 300_000;
/** What running requests get to finish in when the server stops. */
const CLOSE_GRACE_MS = 2_000;

const API_PATHS = /^\/(?:api(?:[/?]|$)|healthz(?:\?|$)|readyz(?:\?|$)|metrics(?:\?|$))/;

/**
 * One port for everything: the API answers its own paths before Next sees them, pages go to Next.
 * Requests from names that are not ours are refused before either.
 */
export function createHttpServer(options: {
  readonly api: Handler;
  readonly pages: Handler;
  readonly check: (request: http.IncomingMessage) => 'ok' | 'forbidden_host' | 'forbidden_origin';
}): http.Server {
  const server = http.createServer((request, response) => {
    if (API_PATHS.test(request.url ?? '')) {
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
  return server;
}

/** Starts listening; resolves with the port in use. Rejects with `start_failed` and a sentence that says what to do. */
export function listen(server: http.Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void => reject(listenFailure(error, port, host));
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.off('error', refuse);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function listenFailure(error: NodeJS.ErrnoException, port: number, host: string): AppError {
  const options = { cause: error };
  switch (error.code ?? '') {
    case 'EADDRINUSE':
      return new AppError(
        'start_failed',
        `Port ${port} on ${host} is taken by another program: stop that one, or set PORT to a free port (0 picks one).`,
        options,
      );
    case 'EACCES':
      return new AppError(
        'start_failed',
        `This user may not listen on port ${port}: set PORT to one from 1024 up.`,
        options,
      );
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
      return new AppError('start_failed', `This machine has no address ${host}: set HOST to 127.0.0.1.`, options);
    default:
      return new AppError(
        'start_failed',
        `Linewatch cannot listen on ${host}, port ${port}: ${error.message}.`,
        options,
      );
  }
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

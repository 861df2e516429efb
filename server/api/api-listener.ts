import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { ERROR_STATUS, errorCode } from '../../contracts/errors.ts';
import type { CachedAnswer } from './answer-cache.ts';
import type { ApiDeps } from './api-deps.ts';
import { type CachedAnswers, formOf } from './cached-answer.ts';
import { errorForm } from './error-answer.ts';

/** Stands for the name that a request does not say; who asks so is no browser, see `createOriginCheck`. */
const UNNAMED = 'localhost';

export type ApiListenerDeps = Pick<ApiDeps, 'isAllowed' | 'observeRequest' | 'logError' | 'now'> & {
  readonly answers: CachedAnswers;
};

/**
 * Takes what still comes of a body that was refused in the middle, at no cost. Left to itself its reader holds it up, and
 * the connection is closed half a second later under whatever was sent over it next, by another producer behind a proxy.
 */
function dropRest(request: IncomingMessage): void {
  if (!request.complete) request.removeAllListeners('data').resume();
}

/**
 * The API as a listener of Node's server. What has been asked in the same words before is answered here, without a
 * `Request`, a route or a `Response`: after an announcement every open browser asks the same few questions at once,
 * and then the framework would be most of the work. Names that are not ours, and all else, are the API's own to answer.
 */
export function createApiListener(
  api: (request: Request) => Response | Promise<Response>,
  deps: ApiListenerDeps,
): (request: IncomingMessage, response: ServerResponse) => void {
  // Without a name HTTP/1.0, in which balancers ask for our health, would be a plain 400.
  const listener = getRequestListener((request) => api(request), { overrideGlobalObjects: false, hostname: UNNAMED });

  async function answer(
    known: CachedAnswer | Promise<CachedAnswer>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { url = '/', headers } = request;
    const [path = url] = url.split('?', 1);
    const begunMs = deps.now();
    let form;
    try {
      const standing = 'bytes' in known ? known : await known;
      form = formOf(standing, {
        ifNoneMatch: headers['if-none-match'],
        acceptEncoding: headers['accept-encoding'],
      });
    } catch (error) {
      if (ERROR_STATUS[errorCode(error)] >= 500) deps.logError(error, { method: 'GET', path });
      form = errorForm(error);
    }
    response.writeHead(
      form.status,
      form.body === null ? form.headers : { ...form.headers, 'Content-Length': form.body.byteLength },
    );
    response.end(form.body);
    // Only whole paths are known, so a path is its own route.
    deps.observeRequest({ route: path, status: form.status, seconds: (deps.now() - begunMs) / 1000 });
  }

  return (request, response) => {
    const { method, url, headers } = request;
    if (method === 'GET' && url !== undefined && deps.isAllowed(headers) !== 'forbidden_host') {
      const known = deps.answers.known(url);
      if (known !== null) return void answer(known, request, response); // it never rejects
    }
    response.once('finish', () => dropRest(request));
    void listener(request, response);
  };
}

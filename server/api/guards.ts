import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { AppError } from '../../contracts/errors.ts';
import type { ApiDeps } from './api-deps.ts';

export const INGEST_PATH = '/api/ingest/snapshots';

/** A bulk acknowledgement of 10,000 ids has some 100 kB. */
export const MAX_JSON_BODY_BYTES = 256 * 1024;

const SAFE_METHODS = new Set(['GET', 'HEAD']);

/** Refuses names that are not ours on every request, and foreign pages on writes. */
export const originGuard =
  (isAllowed: ApiDeps['isAllowed']): MiddlewareHandler =>
  async (context, next) => {
    const host = context.req.header('host');
    const verdict = isAllowed({
      host,
      origin: context.req.header('origin'),
      'sec-fetch-site': context.req.header('sec-fetch-site'),
    });
    if (verdict === 'forbidden_host') {
      throw new AppError(
        'forbidden_host',
        `expected a Host that is ours (localhost and the port), got "${host ?? ''}"`,
      );
    }
    if (verdict === 'forbidden_origin' && !SAFE_METHODS.has(context.req.method)) {
      throw new AppError('forbidden_origin', 'expected the request to come from our own pages, or from no browser');
    }
    await next();
  };

/** Writes carry JSON, which a foreign page cannot send without asking first. Ingest judges its own types. */
export const jsonWrites: MiddlewareHandler = async (context, next) => {
  if (SAFE_METHODS.has(context.req.method) || context.req.path === INGEST_PATH) return next();
  // A method that the path does not have is answered by that, whatever it carries.
  const hasHandler = matchedRoutes(context).some((route) => route.method === context.req.method);
  if (!hasHandler) return next();
  const contentType = context.req.header('content-type');
  // A DELETE carries nothing; for its method alone a browser asks before it sends one from a foreign page.
  if (context.req.method === 'DELETE' && contentType === undefined) return next();
  if (contentType?.split(';', 1)[0]?.trim().toLowerCase() !== 'application/json') {
    const got = contentType === undefined ? 'none' : `"${contentType}"`;
    throw new AppError('unsupported_media_type', `expected Content-Type application/json, got ${got}`);
  }
  await limitJson(context);
  return next();
};

const tooLarge = (): AppError =>
  new AppError('body_too_large', `expected at most ${MAX_JSON_BODY_BYTES} bytes of JSON`);

/**
 * Refuses a body that is too large: by its declared length, or, when it comes in chunks that declare none, by
 * reading it up to the limit. (Hono's own limit cannot hand such a body on: it copies the request with the global
 * `Request`, which the server's request is none of.)
 */
async function limitJson(context: Context): Promise<void> {
  const { raw } = context.req;
  const declared = context.req.header('content-length');
  if (declared !== undefined && context.req.header('transfer-encoding') === undefined) {
    if (Number(declared) > MAX_JSON_BODY_BYTES) throw tooLarge();
    return;
  }
  if (raw.body === null) return;
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of raw.body) {
    bytes += part.byteLength;
    if (bytes > MAX_JSON_BODY_BYTES) throw tooLarge();
    parts.push(part);
  }
  context.req.raw = new Request(context.req.url, {
    method: raw.method,
    headers: raw.headers,
    body: Buffer.concat(parts),
  });
}

/** Tells of every answered request. The label is the route's pattern, so that ids do not multiply the series. */
export const observeRequests =
  ({ observeRequest, now }: Pick<ApiDeps, 'observeRequest' | 'now'>): MiddlewareHandler =>
  async (context, next) => {
    const startedMs = now();
    await next();
    // The first that fits is the one that answered: `/api/alerts/facets` fits `/api/alerts/:id` as well.
    const route = matchedRoutes(context).find((candidate) => !candidate.path.includes('*'))?.path ?? 'unmatched';
    observeRequest({ route, status: context.res.status, seconds: (now() - startedMs) / 1000 });
  };

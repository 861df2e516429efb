import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
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
  const contentType = context.req.header('content-type');
  if (hasHandler && contentType?.split(';', 1)[0]?.trim().toLowerCase() !== 'application/json') {
    const got = contentType === undefined ? 'none' : `"${contentType}"`;
    throw new AppError('unsupported_media_type', `expected Content-Type application/json, got ${got}`);
  }
  return limitJson(context, next);
};

const limitJson = bodyLimit({
  maxSize: MAX_JSON_BODY_BYTES,
  onError: () => {
    throw new AppError('body_too_large', `expected at most ${MAX_JSON_BODY_BYTES} bytes of JSON`);
  },
});

/** Tells of every answered request. The label is the route's pattern, so that ids do not multiply the series. */
export const observeRequests =
  ({ observeRequest, now }: Pick<ApiDeps, 'observeRequest' | 'now'>): MiddlewareHandler =>
  async (context, next) => {
    const startedMs = now();
    await next();
    const route = matchedRoutes(context).findLast((candidate) => !candidate.path.includes('*'))?.path ?? 'unmatched';
    observeRequest({ route, status: context.res.status, seconds: (now() - startedMs) / 1000 });
  };

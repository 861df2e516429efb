import { OpenAPIHono } from '@hono/zod-openapi';
import { AppError } from '../../contracts/errors.ts';
import { createAlertRoutes } from './alert-routes.ts';
import { createAnswerCache } from './answer-cache.ts';
import type { ApiDeps } from './api-deps.ts';
import { askerOf, createCachedAnswers, spellingOf } from './cached-answer.ts';
import { createDeskRoutes } from './desk-routes.ts';
import { createErrorHandler, errorResponse, refuseInvalid } from './error-answer.ts';
import { createEventRoutes } from './event-routes.ts';
import { jsonWrites, observeRequests, originGuard } from './guards.ts';
import { createIngestRoutes } from './ingest-routes.ts';
import { createMethodLookup } from './method-lookup.ts';
import { nameSchemas } from './named-schemas.ts';
import { addOpenApiRoutes } from './openapi-routes.ts';
import { createMuteRoutes } from './mute-routes.ts';
import { createOperationRoutes } from './operation-routes.ts';
import { createViewRoutes } from './view-routes.ts';

const CACHED_PATHS = ['/api/alerts', '/api/alerts/stats', '/api/alerts/facets', '/api/mutes'];

/**
 * The HTTP API: everything below `/api`, and `/healthz`, `/readyz`, `/metrics`. Built from functions alone, so
 * that it can be asked in the process (`api.request(…)`) as well as over a socket.
 */
export function createApi(deps: ApiDeps) {
  nameSchemas();
  const cached = createCachedAnswers(createAnswerCache(deps));
  const app = new OpenAPIHono({ defaultHook: refuseInvalid });
  app.onError(createErrorHandler(deps.logError));
  app.use(observeRequests(deps));
  app.use(originGuard(deps.isAllowed));

  // A light notification is followed by the same question from every open browser: the answer that stands is
  // given before anything else looks at the request.
  for (const path of CACHED_PATHS) {
    app.get(path, (context, next) => {
      const standing = cached.standing(
        spellingOf(context.req.url),
        askerOf((name) => context.req.header(name)),
      );
      return standing === null ? next() : Promise.resolve(standing);
    });
  }

  app.use(async (context, next) => {
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Cache-Control', 'no-cache');
    await next();
  });
  app.use(jsonWrites);

  const routes = app
    .route('/', createIngestRoutes(deps))
    .route('/', createAlertRoutes(deps, cached))
    .route('/', createEventRoutes(deps))
    .route('/', createMuteRoutes(deps, cached))
    .route('/', createViewRoutes(deps, cached))
    .route('/', createDeskRoutes(deps))
    .route('/', createOperationRoutes(deps));
  addOpenApiRoutes(app);

  const methodsOf = createMethodLookup(app.routes);
  app.notFound((context) => {
    const { method, path } = context.req;
    const methods = methodsOf(path);
    if (methods.length === 0 || methods.includes(method))
      return errorResponse(context, new AppError('not_found', `there is no ${path}`));
    context.header('Allow', methods.join(', '));
    const message = `expected ${methods.join(' or ')} on ${path}, got ${method}`;
    return errorResponse(context, new AppError('method_not_allowed', message));
  });
  return routes;
}

/** For the typed client of the browser: `hc<ApiType>(origin)`. Imported as a type only. */
export type ApiType = ReturnType<typeof createApi>;

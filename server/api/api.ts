import { OpenAPIHono } from '@hono/zod-openapi';
import { AppError } from '../../contracts/errors.ts';
import { createAlertRoutes } from './alert-routes.ts';
import type { ApiDeps } from './api-deps.ts';
import { type CachedAnswers, askerOf, spellingOf, toResponse } from './cached-answer.ts';
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

/**
 * The HTTP API: everything below `/api`, and `/healthz`, `/readyz`, `/metrics`. Built from functions alone, so
 * that it can be asked in the process (`api.request(…)`) as well as over a socket. `answers` are those that it has
 * ready; who listens for it may give them out as well.
 */
export function createApi(deps: ApiDeps, answers: CachedAnswers) {
  nameSchemas();
  const app = new OpenAPIHono({ defaultHook: refuseInvalid });
  app.onError(createErrorHandler(deps.logError));
  app.use(observeRequests(deps));
  app.use(originGuard(deps.isAllowed));

  app.use(async (context, next) => {
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Cache-Control', 'no-cache');
    await next();
  });
  // What was understood once is answered before anything else looks at the request. Over a socket the listener does
  // the same, before there is a request at all.
  app.use(async (context, next) => {
    const known = context.req.method === 'GET' ? answers.known(spellingOf(context.req.url)) : null;
    if (known === null) return next();
    return toResponse(
      await known,
      askerOf((name) => context.req.header(name)),
    );
  });
  app.use(jsonWrites);

  const routes = app
    .route('/', createIngestRoutes(deps))
    .route('/', createAlertRoutes(deps, answers))
    .route('/', createEventRoutes(deps))
    .route('/', createMuteRoutes(deps, answers))
    .route('/', createViewRoutes(deps, answers))
    .route('/', createDeskRoutes(deps, answers))
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

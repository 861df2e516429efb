import { OpenAPIHono, createRoute, z } from '@hono/zod-openapi';
import {
  type SavedViewList,
  savedViewAnswerSchema,
  savedViewIdSchema,
  savedViewListSchema,
  savedViewRequestSchema,
} from '../../contracts/saved-view.ts';
import { actorHeaderSchema, actorOf } from './actor.ts';
import { ANY_ERRORS, WRITE_ERRORS, asTyped, errorAnswers, jsonAnswer } from './answers.ts';
import type { ApiDeps } from './api-deps.ts';
import { type CachedAnswers, askerOf, clockStep, spellingOf } from './cached-answer.ts';
import { found, refuseInvalid } from './error-answer.ts';

const tags = ['Views'];
const idParams = z.object({ id: z.coerce.number<string | number>().pipe(savedViewIdSchema) });
const body = { required: true, content: { 'application/json': { schema: savedViewRequestSchema } } };

const listRoute = createRoute({
  method: 'get',
  path: '/api/views',
  tags,
  summary: 'Saved views by name, each with its new alerts counted',
  description: 'A view is a filter and an order under a name, shared by the whole desk.',
  request: { query: z.strictObject({}) },
  responses: {
    200: jsonAnswer(savedViewListSchema, 'All views.'),
    304: { description: 'The answer that If-None-Match names still stands.' },
    ...errorAnswers([...ANY_ERRORS, 'bad_request']),
  },
});

const createViewRoute = createRoute({
  method: 'post',
  path: '/api/views',
  tags,
  summary: 'Save a view under a new name',
  description: 'Its filter names no status: a view is of every tab. 409 for a name that is taken, whatever its case.',
  request: { headers: actorHeaderSchema, body },
  responses: {
    201: jsonAnswer(savedViewAnswerSchema, 'The view is saved.'),
    ...errorAnswers([...WRITE_ERRORS, 'conflict']),
  },
});

const replaceRoute = createRoute({
  method: 'put',
  path: '/api/views/{id}',
  tags,
  summary: 'Give a view another name, filter and order',
  request: { headers: actorHeaderSchema, params: idParams, body },
  responses: {
    200: jsonAnswer(savedViewAnswerSchema, 'The view is replaced.'),
    ...errorAnswers([...WRITE_ERRORS, 'not_found', 'conflict']),
  },
});

const deleteRoute = createRoute({
  method: 'delete',
  path: '/api/views/{id}',
  tags,
  summary: 'Delete a view',
  request: { params: idParams },
  responses: {
    200: jsonAnswer(savedViewAnswerSchema, 'The view is gone.'),
    ...errorAnswers([...ANY_ERRORS, 'forbidden_origin', 'bad_request', 'not_found']),
  },
});

/** The views that the desk shares. Their counts may hang on the clock, so their answer is kept for a step of it only. */
export function createViewRoutes(deps: ApiDeps, cached: CachedAnswers) {
  return new OpenAPIHono({ defaultHook: refuseInvalid })
    .openapi(listRoute, async (context) => {
      const response = await cached.answer(
        spellingOf(context.req.url),
        askerOf((name) => context.req.header(name)),
        { key: () => `views ${clockStep(deps.now())}`, read: deps.listViews },
      );
      return asTyped<SavedViewList>(response);
    })
    .openapi(createViewRoute, async (context) => {
      const actor = actorOf(context.req.valid('header'));
      return context.json(await deps.createView(context.req.valid('json'), actor), 201);
    })
    .openapi(replaceRoute, async (context) => {
      const { id } = context.req.valid('param');
      const actor = actorOf(context.req.valid('header'));
      return context.json(found(await deps.replaceView(id, context.req.valid('json'), actor), `view ${id}`), 200);
    })
    .openapi(deleteRoute, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(found(await deps.deleteView(id), `view ${id}`), 200);
    });
}

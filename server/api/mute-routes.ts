import { OpenAPIHono, createRoute, z } from '@hono/zod-openapi';
import {
  type MuteList,
  muteAnswerSchema,
  muteIdSchema,
  muteListSchema,
  muteQuerySchema,
  muteRequestSchema,
} from '../../contracts/mute.ts';
import { actorHeaderSchema, actorOf } from './actor.ts';
import { ANY_ERRORS, WRITE_ERRORS, asTyped, errorAnswers, jsonAnswer } from './answers.ts';
import type { ApiDeps } from './api-deps.ts';
import { type CachedAnswers, normalised, spellingOf, askerOf } from './cached-answer.ts';
import { found, refuseInvalid } from './error-answer.ts';

const tags = ['Mutes'];
const idParams = z.object({ id: z.coerce.number<string | number>().pipe(muteIdSchema) });

const listRoute = createRoute({
  method: 'get',
  path: '/api/mutes',
  tags,
  summary: 'Mutes, the newest first',
  description:
    'Those in force, or with state=all also those that are over or lifted. A mute keeps its alerts out of badge and ' +
    'announcements; they are stored and listed all the same (`GET /api/alerts?muted=true`).',
  request: { query: muteQuerySchema },
  responses: {
    200: jsonAnswer(muteListSchema, 'One page of mutes.'),
    304: { description: 'The answer that If-None-Match names still stands.' },
    ...errorAnswers([...ANY_ERRORS, 'bad_request']),
  },
});

const createMuteRoute = createRoute({
  method: 'post',
  path: '/api/mutes',
  tags,
  summary: 'Mute an event, a league, a bookmaker or a market',
  description:
    'Until an instant, or until kickoff where the scope has an event; a kickoff that moves takes the end along. ' +
    'X-Trader names who acts.',
  request: {
    headers: actorHeaderSchema,
    body: { required: true, content: { 'application/json': { schema: muteRequestSchema } } },
  },
  responses: {
    201: jsonAnswer(muteAnswerSchema, 'The mute, and how many alerts went quiet.'),
    ...errorAnswers([...WRITE_ERRORS, 'not_found']),
  },
});

const liftRoute = createRoute({
  method: 'delete',
  path: '/api/mutes/{id}',
  tags,
  summary: 'End a mute before its time',
  description: 'Its alerts come back at once; the mute stays on record. One that has ended is left as it is.',
  request: { headers: actorHeaderSchema, params: idParams },
  responses: {
    200: jsonAnswer(muteAnswerSchema, 'The mute, and how many alerts came back.'),
    ...errorAnswers([...ANY_ERRORS, 'forbidden_origin', 'bad_request', 'not_found']),
  },
});

/** The routes by which traders keep alerts quiet. The list is served from `cached`: every open desk asks for it. */
export function createMuteRoutes(deps: ApiDeps, cached: CachedAnswers) {
  return new OpenAPIHono({ defaultHook: refuseInvalid })
    .openapi(listRoute, async (context) => {
      const query = context.req.valid('query');
      const key = `mutes ${normalised(query)}`;
      const response = await cached.answer(
        spellingOf(context.req.url),
        askerOf((name) => context.req.header(name)),
        { key: () => key, read: () => deps.listMutes(query) },
      );
      return asTyped<MuteList>(response);
    })
    .openapi(createMuteRoute, async (context) => {
      const actor = actorOf(context.req.valid('header'));
      return context.json(await deps.createMute(context.req.valid('json'), actor), 201);
    })
    .openapi(liftRoute, async (context) => {
      const { id } = context.req.valid('param');
      const actor = actorOf(context.req.valid('header'));
      return context.json(found(await deps.liftMute(id, actor), `mute ${id}`), 200);
    });
}

import { OpenAPIHono, createRoute } from '@hono/zod-openapi';
import { deskSchema } from '../../contracts/feed.ts';
import { settingsAnswerSchema, settingsSchema } from '../../contracts/settings.ts';
import { actorHeaderSchema, actorOf } from './actor.ts';
import { ANY_ERRORS, WRITE_ERRORS, errorAnswers, jsonAnswer } from './answers.ts';
import type { ApiDeps } from './api-deps.ts';
import { refuseInvalid } from './error-answer.ts';

const tags = ['Desk'];

const deskRoute = createRoute({
  method: 'get',
  path: '/api/desk',
  tags,
  summary: 'What the frame of every page shows',
  description: "Feed, own book, clock, state of each bookmaker's feed, and the badge.",
  responses: { 200: jsonAnswer(deskSchema, 'The desk.'), ...errorAnswers(ANY_ERRORS) },
});

const readRoute = createRoute({
  method: 'get',
  path: '/api/settings',
  tags,
  summary: 'The settings in force',
  responses: { 200: jsonAnswer(settingsAnswerSchema, 'The settings.'), ...errorAnswers(ANY_ERRORS) },
});

const saveRoute = createRoute({
  method: 'put',
  path: '/api/settings',
  tags,
  summary: 'Replace the settings',
  description: 'Whole settings, checked together. They take effect with the next batch. X-Trader names who acts.',
  request: {
    headers: actorHeaderSchema,
    body: { required: true, content: { 'application/json': { schema: settingsSchema } } },
  },
  responses: { 200: jsonAnswer(settingsAnswerSchema, 'The settings as they are now.'), ...errorAnswers(WRITE_ERRORS) },
});

/** The routes of the desk itself: its frame and its settings. */
export function createDeskRoutes(deps: ApiDeps) {
  return new OpenAPIHono({ defaultHook: refuseInvalid })
    .openapi(deskRoute, async (context) => context.json(await deps.desk(), 200))
    .openapi(readRoute, async (context) => context.json(await deps.readSettings(), 200))
    .openapi(saveRoute, async (context) => {
      const actor = actorOf(context.req.valid('header'));
      return context.json(await deps.saveSettings(context.req.valid('json'), actor), 200);
    });
}

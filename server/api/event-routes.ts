import { OpenAPIHono, createRoute, z } from '@hono/zod-openapi';
import {
  eventAnswerSchema,
  eventHistorySchema,
  eventListSchema,
  eventOddsSchema,
  eventQuerySchema,
  historyQuerySchema,
} from '../../contracts/event.ts';
import { eventIdSchema } from '../../contracts/ids.ts';
import { type OddsBoard, oddsBoardQuerySchema, oddsBoardSchema } from '../../contracts/odds-board.ts';
import { ANY_ERRORS, asTyped, errorAnswers, jsonAnswer } from './answers.ts';
import type { ApiDeps } from './api-deps.ts';
import { askerOf, normalised, toResponse } from './cached-answer.ts';
import { found, refuseInvalid } from './error-answer.ts';
import { createSharedReads } from './shared-reads.ts';

const tags = ['Events'];
const params = z.object({ id: z.coerce.number<string | number>().pipe(eventIdSchema) });
const errors = errorAnswers([...ANY_ERRORS, 'bad_request', 'not_found']);

const listRoute = createRoute({
  method: 'get',
  path: '/api/events',
  tags,
  summary: 'Events by kickoff, soonest first',
  description: 'From now on, unless `from` says otherwise. The cursor of one page is nextCursor of the one before.',
  request: { query: eventQuerySchema },
  responses: {
    200: jsonAnswer(eventListSchema, 'One page of events, each with its alerts counted.'),
    ...errorAnswers([...ANY_ERRORS, 'bad_request']),
  },
});

const getRoute = createRoute({
  method: 'get',
  path: '/api/events/{id}',
  tags,
  summary: 'One event',
  request: { params },
  responses: { 200: jsonAnswer(eventAnswerSchema, 'The event with its alerts counted.'), ...errors },
});

const oddsRoute = createRoute({
  method: 'get',
  path: '/api/events/{id}/odds',
  tags,
  summary: 'Current prices of all bookmakers',
  request: { params },
  responses: { 200: jsonAnswer(eventOddsSchema, 'One quote per bookmaker, market and line.'), ...errors },
});

const historyRoute = createRoute({
  method: 'get',
  path: '/api/events/{id}/history',
  tags,
  summary: 'One outcome over time in all books',
  description: 'Without `line`, the market that has none. Odds are null while the outcome was suspended or gone.',
  request: { params, query: historyQuerySchema },
  responses: { 200: jsonAnswer(eventHistorySchema, 'A series per bookmaker, and the alerts on it.'), ...errors },
});

const boardRoute = createRoute({
  method: 'get',
  path: '/api/odds',
  tags,
  summary: 'One market of the matches ahead in all books',
  description:
    'By kickoff, soonest first, each match with one quote per bookmaker of its main line and with the new alerts on ' +
    'them. An answer may be shared by all who ask within a quarter of a second.',
  request: { query: oddsBoardQuerySchema },
  responses: {
    200: jsonAnswer(oddsBoardSchema, 'One page of the board.'),
    ...errorAnswers([...ANY_ERRORS, 'bad_request']),
  },
});

const BOARD_SHARE_MS = 250;

/** The event routes. */
export function createEventRoutes(deps: ApiDeps) {
  const boards = createSharedReads({ now: deps.now, shareMs: BOARD_SHARE_MS });
  return new OpenAPIHono({ defaultHook: refuseInvalid })
    .openapi(listRoute, async (context) => context.json(await deps.listEvents(context.req.valid('query')), 200))
    .openapi(boardRoute, async (context) => {
      const query = context.req.valid('query');
      const answer = await boards.get(normalised(query), () => deps.oddsBoard(query));
      return asTyped<OddsBoard>(
        toResponse(
          answer,
          askerOf((name) => context.req.header(name)),
        ),
      );
    })
    .openapi(getRoute, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(found(await deps.getEvent(id), `event ${id}`), 200);
    })
    .openapi(oddsRoute, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(found(await deps.eventOdds(id), `event ${id}`), 200);
    })
    .openapi(historyRoute, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(found(await deps.eventHistory(id, context.req.valid('query')), `event ${id}`), 200);
    });
}

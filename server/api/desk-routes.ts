import { OpenAPIHono, createRoute, z } from '@hono/zod-openapi';
import { type Desk, deskSchema } from '../../contracts/feed.ts';
import {
  type SettingsInForce,
  revisionListSchema,
  revisionQuerySchema,
  settingsInForceSchema,
  settingsOfRevisionSchema,
} from '../../contracts/settings-history.ts';
import { type TryLine, tryLineSchema, tryRequestSchema } from '../../contracts/settings-try.ts';
import { settingsSchema } from '../../contracts/settings.ts';
import { actorHeaderSchema, actorOf } from './actor.ts';
import { ANY_ERRORS, WRITE_ERRORS, asTyped, errorAnswers, jsonAnswer } from './answers.ts';
import type { ApiDeps } from './api-deps.ts';
import { type CachedAnswers, askerOf, spellingOf } from './cached-answer.ts';
import { found, refuseInvalid } from './error-answer.ts';
import { textAnswer } from './text-answer.ts';

const tags = ['Desk'];

const deskRoute = createRoute({
  method: 'get',
  path: '/api/desk',
  tags,
  summary: 'What the frame of every page shows',
  description: "Feed, own book, clock, state of each bookmaker's feed, and the badge.",
  responses: {
    200: jsonAnswer(deskSchema, 'The desk.'),
    304: { description: 'The answer that If-None-Match names still stands.' },
    ...errorAnswers(ANY_ERRORS),
  },
});

/** Its clock goes on: so old may an answer be at most, no more than a message is late by on its way. */
const DESK_STANDS_MS = 100;

const saveHeadersSchema = actorHeaderSchema.extend({
  'if-match': z
    .string()
    .trim()
    .regex(/^(\*|"\d{1,9}"|\d{1,9})$/, 'expected the ETag of the settings that were changed, such as "12"')
    .optional()
    .openapi({ description: 'The ETag of the settings that were changed.', example: '"12"' }),
});

const readRoute = createRoute({
  method: 'get',
  path: '/api/settings',
  tags,
  summary: 'The settings in force',
  description: 'With who put them there when. The ETag is the revision, to be named by If-Match when saving.',
  responses: { 200: jsonAnswer(settingsInForceSchema, 'The settings.'), ...errorAnswers(ANY_ERRORS) },
});

const saveRoute = createRoute({
  method: 'put',
  path: '/api/settings',
  tags,
  summary: 'Replace the settings',
  description:
    'Whole settings, checked together. They take effect with the next batch. X-Trader names who acts. With If-Match ' +
    '(the ETag of the settings that were changed) a save over the change of somebody else is refused with 409, and ' +
    'details say what came meanwhile. Settings that are in force already are not stored again.',
  request: {
    headers: saveHeadersSchema,
    body: { required: true, content: { 'application/json': { schema: settingsSchema } } },
  },
  responses: {
    200: jsonAnswer(settingsInForceSchema, 'The settings as they are now.'),
    ...errorAnswers([...WRITE_ERRORS, 'conflict']),
  },
});

const revisionsRoute = createRoute({
  method: 'get',
  path: '/api/settings/revisions',
  tags,
  summary: 'Who changed which settings when, the newest first',
  request: { query: revisionQuerySchema },
  responses: {
    200: jsonAnswer(revisionListSchema, 'One page of revisions.'),
    ...errorAnswers([...ANY_ERRORS, 'bad_request']),
  },
});

const MAX_REVISION = 2_147_483_647;
const revisionParamSchema = z.object({
  revision: z.coerce
    .number<string | number>()
    .pipe(z.int().nonnegative().max(MAX_REVISION))
    .openapi({ param: { name: 'revision', in: 'path', required: true }, description: '0 for the defaults.' }),
});

const revisionRoute = createRoute({
  method: 'get',
  path: '/api/settings/revisions/{revision}',
  tags,
  summary: 'The settings as a revision left them',
  description:
    'To be saved again when it is to be in force again, which is a new revision. 409 when the bounds of today would ' +
    'refuse them.',
  request: { params: revisionParamSchema },
  responses: {
    200: jsonAnswer(settingsOfRevisionSchema, 'The settings.'),
    ...errorAnswers([...ANY_ERRORS, 'bad_request', 'not_found', 'conflict']),
  },
});

const tryRoute = createRoute({
  method: 'post',
  path: '/api/settings/try',
  tags,
  summary: 'What other settings would have found',
  description:
    'Replays stored history with other settings through the real detection and tells what would have fired beside ' +
    'what was stored; touches nothing. The answer is NDJSON: progress lines, then one result or error. What history ' +
    'does not tell is named in `assumptions`. One try runs at a time; hanging up ends it.',
  request: { body: { required: true, content: { 'application/json': { schema: tryRequestSchema } } } },
  responses: {
    200: { description: 'One JSON object a line.', content: { 'application/x-ndjson': { schema: tryLineSchema } } },
    ...errorAnswers([...WRITE_ERRORS, 'busy']),
  },
});

async function* toLines(lines: AsyncIterable<TryLine>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}

const etagOf = ({ revision }: SettingsInForce): { ETag: string } => ({ ETag: `"${revision}"` });
const revisionOf = (ifMatch: string | undefined): number | undefined =>
  ifMatch === undefined || ifMatch === '*' ? undefined : Number(ifMatch.replaceAll('"', ''));

/** The routes of the desk itself: its frame, which every open browser asks for at once, and its settings. */
export function createDeskRoutes(deps: ApiDeps, cached: CachedAnswers) {
  return new OpenAPIHono({ defaultHook: refuseInvalid })
    .openapi(deskRoute, async (context) => {
      const response = await cached.answer(
        spellingOf(context.req.url),
        askerOf((name) => context.req.header(name)),
        { key: () => `desk ${Math.floor(deps.now() / DESK_STANDS_MS)}`, read: deps.desk },
      );
      return asTyped<Desk>(response);
    })
    .openapi(readRoute, async (context) => {
      const answer = await deps.readSettings();
      return context.json(answer, 200, etagOf(answer));
    })
    .openapi(revisionsRoute, async (context) =>
      context.json(await deps.settingsRevisions(context.req.valid('query')), 200),
    )
    .openapi(revisionRoute, async (context) => {
      const { revision } = context.req.valid('param');
      return context.json(found(await deps.settingsRevision(revision), `revision ${revision} of the settings`), 200);
    })
    .openapi(tryRoute, (context) => {
      const lines = deps.trySettings(context.req.valid('json'), context.req.raw.signal);
      return textAnswer(toLines(lines), { 'Content-Type': 'application/x-ndjson' }) as never;
    })
    .openapi(saveRoute, async (context) => {
      const headers = context.req.valid('header');
      const save = { actor: actorOf(headers), ifRevision: revisionOf(headers['if-match']) };
      const answer = await deps.saveSettings(context.req.valid('json'), save);
      return context.json(answer, 200, etagOf(answer));
    });
}

import { OpenAPIHono, createRoute, z } from '@hono/zod-openapi';
import { type AlertFacets, alertFacetsSchema } from '../../contracts/alert-facets.ts';
import {
  type AlertChanges,
  type AlertFilter,
  type AlertList,
  type AlertStats,
  acknowledgeAnswerSchema,
  acknowledgeRequestSchema,
  alertChangesQuerySchema,
  alertChangesSchema,
  alertFilterSchema,
  alertListSchema,
  alertPatchSchema,
  alertQuerySchema,
  alertStatsSchema,
  isOfTheClock,
} from '../../contracts/alert-query.ts';
import { alertSchema, alertWithExplanationSchema } from '../../contracts/alert.ts';
import { alertIdSchema } from '../../contracts/ids.ts';
import { type SparklineList, sparklineListSchema, sparklineQuerySchema } from '../../contracts/sparkline.ts';
import { actorHeaderSchema, actorOf } from './actor.ts';
import { ANY_ERRORS, WRITE_ERRORS, asTyped, errorAnswers, jsonAnswer } from './answers.ts';
import type { ApiDeps } from './api-deps.ts';
import { type CachedAnswers, type Question, askerOf, clockStep, normalised, spellingOf } from './cached-answer.ts';
import { found, refuseInvalid } from './error-answer.ts';
import { textAnswer } from './text-answer.ts';

const tags = ['Alerts'];
const idParams = z.object({ id: z.coerce.number<string | number>().pipe(alertIdSchema) });

const listRoute = createRoute({
  method: 'get',
  path: '/api/alerts',
  tags,
  summary: 'Alerts, filtered, in order, by page',
  description:
    'A filter takes several values, repeated; those of fixed words and numbers also comma-separated. An unknown name or a misspelt value is a 400. ' +
    'The cursor of one page is nextCursor of the one before, with the same filter and sort. Answers carry an ETag.',
  request: { query: alertQuerySchema },
  responses: {
    200: jsonAnswer(alertListSchema, 'One page of alerts, and how many match in each tab.'),
    304: { description: 'The answer that If-None-Match names still stands.' },
    ...errorAnswers([...ANY_ERRORS, 'bad_request']),
  },
});

const statsRoute = createRoute({
  method: 'get',
  path: '/api/alerts/stats',
  tags,
  summary: 'All alerts, counted',
  request: { query: z.strictObject({}) },
  responses: {
    200: jsonAnswer(alertStatsSchema, 'Counts by status, severity and type.'),
    304: { description: 'The answer that If-None-Match names still stands.' },
    ...errorAnswers([...ANY_ERRORS, 'bad_request']),
  },
});

const facetsRoute = createRoute({
  method: 'get',
  path: '/api/alerts/facets',
  tags,
  summary: 'How many alerts each value of a filter would leave',
  description:
    'Under all other filters in force: `severity` is counted as if the filter named no severity, and so on. ' +
    'What has none is there with 0. `kickoffWithin` and `detectedWithin` are windows in minutes from now.',
  request: { query: alertFilterSchema },
  responses: {
    200: jsonAnswer(alertFacetsSchema, 'Counts by value.'),
    304: { description: 'The answer that If-None-Match names still stands.' },
    ...errorAnswers([...ANY_ERRORS, 'bad_request']),
  },
});

const changesRoute = createRoute({
  method: 'get',
  path: '/api/alerts/changes',
  tags,
  summary: 'What changed after a watermark',
  description:
    'Every alert whose last change came after `since`, or `reset: true` when that cannot be said wholly: then fetch anew.',
  request: { query: alertChangesQuerySchema },
  responses: {
    200: jsonAnswer(alertChangesSchema, 'The changed alerts, or a reset.'),
    304: { description: 'The answer that If-None-Match names still stands.' },
    ...errorAnswers([...ANY_ERRORS, 'bad_request']),
  },
});

const acknowledgeRoute = createRoute({
  method: 'post',
  path: '/api/alerts/acknowledge',
  tags,
  summary: 'Acknowledge many alerts at once',
  description:
    'By ids or by filter. Alerts that are acknowledged or past already are left as they are. X-Trader names who acts.',
  request: {
    headers: actorHeaderSchema,
    body: { required: true, content: { 'application/json': { schema: acknowledgeRequestSchema } } },
  },
  responses: { 200: jsonAnswer(acknowledgeAnswerSchema, 'Which alerts changed.'), ...errorAnswers(WRITE_ERRORS) },
});

const getRoute = createRoute({
  method: 'get',
  path: '/api/alerts/{id}',
  tags,
  summary: 'One alert with its explanation',
  request: { params: idParams },
  responses: {
    200: jsonAnswer(alertWithExplanationSchema, 'The alert.'),
    ...errorAnswers([...ANY_ERRORS, 'bad_request', 'not_found']),
  },
});

const patchRoute = createRoute({
  method: 'patch',
  path: '/api/alerts/{id}',
  tags,
  summary: 'Acknowledge one alert, or take that back',
  description: 'A note left out keeps the one that is there; an empty one removes it. X-Trader names who acts.',
  request: {
    headers: actorHeaderSchema,
    params: idParams,
    body: { required: true, content: { 'application/json': { schema: alertPatchSchema } } },
  },
  responses: {
    200: jsonAnswer(alertSchema, 'The alert as it is now.'),
    ...errorAnswers([...WRITE_ERRORS, 'not_found']),
  },
});

const csvRoute = createRoute({
  method: 'get',
  path: '/api/alerts.csv',
  tags,
  summary: 'The filtered alerts as a file',
  request: { query: alertFilterSchema },
  responses: {
    200: { description: 'CSV with a heading line.', content: { 'text/csv': { schema: z.string() } } },
    ...errorAnswers([...ANY_ERRORS, 'bad_request']),
  },
});

const sparklinesRoute = createRoute({
  method: 'get',
  path: '/api/alerts/sparklines',
  tags,
  summary: 'The latest prices of many alerts, as small lines',
  description:
    'Two hours up to now, or to kickoff. Read at most every quarter of a minute, and when the watermark moves, however many ask.',
  request: { query: sparklineQuerySchema },
  responses: {
    200: jsonAnswer(sparklineListSchema, 'A line for each alert that is stored.'),
    304: { description: 'The answer that If-None-Match names still stands.' },
    ...errorAnswers([...ANY_ERRORS, 'bad_request']),
  },
});

/** Prices move without the watermark: for so long the same line is good enough. */
const SPARKLINE_STANDS_MS = 15_000;
const STATS_KEY = 'stats';

/** The alert routes. Lists, facets and statistics are served from `cached`. */
export function createAlertRoutes(deps: ApiDeps, cached: CachedAnswers) {
  type Asked = { readonly url: string; readonly header: (name: string) => string | undefined };

  const answered = (request: Asked, question: Question): Promise<Response> =>
    cached.answer(
      spellingOf(request.url),
      askerOf((name) => request.header(name)),
      question,
    );

  /** One answer for every spelling of a filter, until the desk moves or, where a window says so, the clock. */
  function filtered(request: Asked, what: string, filter: AlertFilter, read: Question['read']): Promise<Response> {
    const question = `${what} ${normalised(filter)}`;
    const key = isOfTheClock(filter) ? () => `${clockStep(deps.now())} ${question}` : () => question;
    return answered(request, { key, read });
  }

  return new OpenAPIHono({ defaultHook: refuseInvalid })
    .openapi(listRoute, async (context) => {
      const query = context.req.valid('query');
      return asTyped<AlertList>(await filtered(context.req, 'alerts', query, () => deps.listAlerts(query)));
    })
    .openapi(facetsRoute, async (context) => {
      const filter = context.req.valid('query');
      return asTyped<AlertFacets>(await filtered(context.req, 'facets', filter, () => deps.alertFacets(filter)));
    })
    .openapi(statsRoute, async (context) =>
      asTyped<AlertStats>(await answered(context.req, { key: () => STATS_KEY, read: deps.alertStats })),
    )
    .openapi(sparklinesRoute, async (context) => {
      const query = context.req.valid('query');
      const question = normalised(query);
      const key = (): string => `sparklines ${Math.floor(deps.now() / SPARKLINE_STANDS_MS)} ${question}`;
      return asTyped<SparklineList>(await answered(context.req, { key, read: () => deps.sparklines(query) }));
    })
    .openapi(changesRoute, async (context) => {
      const query = context.req.valid('query');
      const key = `changes ${normalised(query)}`;
      // Every open desk that was level asks the same after an announcement.
      const read = () => deps.changes(query.since, query.epoch ?? null);
      return asTyped<AlertChanges>(await answered(context.req, { key: () => key, read }));
    })
    .openapi(acknowledgeRoute, async (context) => {
      const actor = actorOf(context.req.valid('header'));
      return context.json(await deps.acknowledge(context.req.valid('json'), actor), 200);
    })
    .openapi(csvRoute, (context) =>
      textAnswer(deps.alertsCsv(context.req.valid('query')), {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': 'attachment; filename="linewatch-alerts.csv"',
      }),
    )
    .openapi(getRoute, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(found(await deps.getAlert(id), `alert ${id}`), 200);
    })
    .openapi(patchRoute, async (context) => {
      const { id } = context.req.valid('param');
      const actor = actorOf(context.req.valid('header'));
      return context.json(found(await deps.patchAlert(id, context.req.valid('json'), actor), `alert ${id}`), 200);
    });
}

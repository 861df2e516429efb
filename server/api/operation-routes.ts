import { OpenAPIHono, createRoute, z } from '@hono/zod-openapi';
import { readinessSchema } from '../../contracts/health.ts';
import { ANY_ERRORS, errorAnswers, jsonAnswer } from './answers.ts';
import type { ApiDeps } from './api-deps.ts';

const tags = ['Operation'];

const aliveRoute = createRoute({
  method: 'get',
  path: '/healthz',
  tags,
  summary: 'Whether the process answers',
  responses: { 200: jsonAnswer(z.object({ ok: z.literal(true) }), 'It does.'), ...errorAnswers(['forbidden_host']) },
});

const readyRoute = createRoute({
  method: 'get',
  path: '/readyz',
  tags,
  summary: 'Whether database, queue and hub can do their work',
  responses: {
    200: jsonAnswer(readinessSchema, 'All of them can.'),
    ...errorAnswers(['forbidden_host', 'internal']),
    503: jsonAnswer(readinessSchema, 'At least one cannot; each is named.'),
  },
});

const metricsRoute = createRoute({
  method: 'get',
  path: '/metrics',
  tags,
  summary: 'Figures for Prometheus',
  responses: {
    200: { description: 'Prometheus text.', content: { 'text/plain': { schema: z.string() } } },
    ...errorAnswers(ANY_ERRORS),
  },
});

const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** What operators and orchestrators ask. */
export function createOperationRoutes(deps: Pick<ApiDeps, 'readiness' | 'metricsText'>) {
  return new OpenAPIHono()
    .openapi(aliveRoute, (context) => context.json({ ok: true as const }, 200))
    .openapi(readyRoute, async (context) => {
      const readiness = await deps.readiness();
      context.header('Cache-Control', 'no-store');
      return context.json(readiness, readiness.ready ? 200 : 503);
    })
    .openapi(metricsRoute, async (context) =>
      context.text(await deps.metricsText(), 200, { 'Content-Type': METRICS_TYPE }),
    );
}

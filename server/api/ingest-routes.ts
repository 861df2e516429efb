import { OpenAPIHono, createRoute, z } from '@hono/zod-openapi';
import { ingestAnswerSchema, snapshotSchema } from '../../contracts/snapshot.ts';
import { ANY_ERRORS, errorAnswers, jsonAnswer } from './answers.ts';
import type { ApiDeps } from './api-deps.ts';
import { refuseInvalid } from './error-answer.ts';
import { SNAPSHOT_EXAMPLE } from './examples.ts';
import { INGEST_PATH } from './guards.ts';

const MAX_KEY_CHARACTERS = 200;

const snapshotReference = { $ref: '#/components/schemas/Snapshot' };

const ingestRoute = createRoute({
  method: 'post',
  path: INGEST_PATH,
  tags: ['Ingest'],
  summary: 'Take snapshots of a feed',
  description:
    'One snapshot a line (NDJSON), or a JSON array of them; either may be compressed (`Content-Encoding: gzip`). ' +
    'The answer comes after the commit: what is answered 200 is durable. A bad line is refused by itself, the good ' +
    'ones are kept. After a lost answer, repeat the request under the same `Idempotency-Key`: it has no second ' +
    'effect and gets the same answer for 24 hours. On 503, wait `Retry-After` seconds and repeat.',
  request: {
    headers: z.object({
      'idempotency-key': z.string().trim().min(1).max(MAX_KEY_CHARACTERS).optional().openapi({
        description: 'Names this body; a repetition has no second effect.',
        example: 'poll-2026-03-01T12:00:05Z',
      }),
      'content-encoding': z
        .string()
        .max(MAX_KEY_CHARACTERS)
        .optional()
        .openapi({ description: 'gzip, or none.', example: 'gzip' }),
    }),
    body: {
      required: true,
      // Plain schemas: a zod schema here would make Hono read and hold the whole body before we see it.
      content: {
        'application/x-ndjson': {
          schema: { type: 'string', description: 'One JSON object a line, each a Snapshot (see the schemas).' },
          example: `${JSON.stringify(SNAPSHOT_EXAMPLE)}\n`,
        },
        'application/json': { schema: { type: 'array', items: snapshotReference }, example: [SNAPSHOT_EXAMPLE] },
      },
    },
  },
  responses: {
    200: jsonAnswer(ingestAnswerSchema, 'Committed.'),
    ...errorAnswers([
      ...ANY_ERRORS,
      'bad_request',
      'unreadable_body',
      'forbidden_origin',
      'body_too_large',
      'unsupported_media_type',
      'idempotency_key_reused',
      'rejected_by_database',
      'queue_full',
    ]),
  },
});

const emptyBody = (): ReadableStream<Uint8Array> => new ReadableStream({ start: (controller) => controller.close() });

/** The ingest route. The body goes to `ingest` as it comes, unread. */
export function createIngestRoutes(deps: Pick<ApiDeps, 'ingest'>) {
  const routes = new OpenAPIHono({ defaultHook: refuseInvalid });
  // A copy, because naming goes through a method that schemas made before OpenAPI was loaded do not have.
  routes.openAPIRegistry.register('Snapshot', snapshotSchema.meta({}));
  return routes.openapi(ingestRoute, async (context) => {
    const headers = context.req.valid('header');
    const answer = await deps.ingest({
      body: context.req.raw.body ?? emptyBody(),
      contentType: context.req.header('content-type') ?? null,
      contentEncoding: headers['content-encoding'] ?? null,
      idempotencyKey: headers['idempotency-key'] ?? null,
      signal: context.req.raw.signal,
    });
    // A stored answer may come back with its fields in another order; parsed, it is the same bytes again.
    return context.json(ingestAnswerSchema.parse(answer), 200);
  });
}

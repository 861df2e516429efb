import { type OpenAPIHono, createRoute, z } from '@hono/zod-openapi';
import { AppError } from '../../contracts/errors.ts';
import { DOCS_ASSETS, DOCS_PAGE, DOCS_POLICY, readDocsAsset } from './docs-page.ts';

const tags = ['Documentation'];

const documentRoute = createRoute({
  method: 'get',
  path: '/api/openapi.json',
  tags,
  summary: 'This document',
  responses: {
    200: {
      description: 'OpenAPI 3.1.',
      content: { 'application/json': { schema: z.record(z.string(), z.unknown()) } },
    },
  },
});

const pageRoute = createRoute({
  method: 'get',
  path: '/api/docs',
  tags,
  summary: 'This document as a page',
  responses: { 200: { description: 'A page.', content: { 'text/html': { schema: z.string() } } } },
});

const DESCRIPTION = `
Odds snapshots come in, moves that carry risk are stored as alerts, open browsers are told at once.

**Connect a feed**: \`POST /api/ingest/snapshots\` with one JSON object a line. The answer comes after the commit.

\`\`\`sh
curl -H 'Content-Type: application/x-ndjson' -H 'Idempotency-Key: poll-1' --data-binary @snapshots.ndjson \\
  http://localhost:3000/api/ingest/snapshots
\`\`\`

Times are ISO 8601 in UTC. Every answer with data carries the watermark \`{ epoch, seq }\` of what it holds.
Errors are \`{ "error": { "code", "message", "details"? } }\`; codes are stable, messages are for people.
There is no access control yet: the header \`X-Trader\` (at most 80 characters, percent-encoded beyond ASCII) names who acknowledges, else \`desk\`.
Writes from a browser are taken from our own pages only, and requests under foreign host names are refused.
`.trim();

const INFO = {
  openapi: '3.1.0',
  info: {
    title: 'Linewatch',
    version: '1',
    description: DESCRIPTION,
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/' }],
  security: [],
};

/** Adds the document of all routes of `app`, written once when it is first asked for, and the page that shows it. */
export function addOpenApiRoutes(app: OpenAPIHono): void {
  let document: string | undefined;
  app.openapi(documentRoute, (context) => {
    document ??= JSON.stringify(app.getOpenAPI31Document(INFO));
    return context.body(document, 200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' }) as never;
  });
  app.openapi(pageRoute, (context) => context.html(DOCS_PAGE, 200, { 'Content-Security-Policy': DOCS_POLICY }));
  app.get('/api/docs/:file', async (context) => {
    const file = context.req.param('file');
    const type = DOCS_ASSETS[file];
    if (type === undefined) throw new AppError('not_found', `there is no ${context.req.path}`);
    return context.body(await readDocsAsset(file), 200, {
      'Content-Type': type,
      'Cache-Control': 'public, max-age=3600',
    });
  });
}

import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { ERROR_CODES } from '../../contracts/errors.ts';
import { setup } from './api.fixture.ts';

type Operation = {
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: unknown }[];
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
};
type Document = {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, { readonly example?: unknown }>> };
};

async function readDocument() {
  const { api, ask } = setup();
  const response = await ask('/api/openapi.json');
  expect(response.status).toBe(200);
  return { api, ask, document: (await response.json()) as Document };
}

/** Files of the page that shows the document; not part of the API. */
const NOT_DOCUMENTED = new Set(['GET /api/docs/:file']);

test('[API30] the document is valid OpenAPI 3.1', async () => {
  const { document } = await readDocument();
  expect(document.openapi).toBe('3.1.0');
  const result = await new Validator().validate(document);
  expect(result.errors).toBeUndefined();
  expect(result.valid).toBe(true);
});

test('[API31] every route of the API is in the document, and nothing else', async () => {
  const { api, document } = await readDocument();
  const routes = new Set(
    api.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
  );
  const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  );
  expect(documented.toSorted()).toEqual([...routes].filter((route) => !NOT_DOCUMENTED.has(route)).toSorted());
});

test('[API32] operations say what they do, what they take and which errors they answer', async () => {
  const { document } = await readDocument();
  const list = document.paths['/api/alerts']?.get;
  expect(list?.parameters?.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'status',
      'severity',
      'type',
      'eventId',
      'bookmaker',
      'from',
      'to',
      'q',
      'sort',
      'cursor',
      'limit',
    ]),
  );
  expect(list?.parameters?.find(({ name }) => name === 'severity')?.schema).toMatchObject({
    type: 'array',
    items: { enum: ['warning', 'elevated', 'critical'] },
  });
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const operation of Object.values(operations)) {
      expect(operation.summary, path).toBeTruthy();
      for (const answer of Object.values(operation.responses)) expect(answer.description, path).toBeTruthy();
    }
  }
  const ingest = document.paths['/api/ingest/snapshots']?.post;
  expect(Object.keys(ingest?.responses ?? {}).toSorted()).toEqual([
    '200',
    '400',
    '403',
    '413',
    '415',
    '422',
    '500',
    '503',
  ]);
  expect(ingest?.responses['503']?.description).toContain('queue_full');
  const described = JSON.stringify(document.paths);
  for (const code of ERROR_CODES) {
    if (['bad_config', 'start_failed', 'method_not_allowed'].includes(code)) continue;
    expect(described, code).toContain(`\`${code}\``);
  }
});

test('[API32] repeated schemas are named once, with examples where people copy from', async () => {
  const { document } = await readDocument();
  const { schemas } = document.components;
  expect(Object.keys(schemas)).toEqual(
    expect.arrayContaining(['Alert', 'AlertList', 'Snapshot', 'IngestAnswer', 'Error', 'Settings']),
  );
  expect(schemas['Snapshot']?.example).toMatchObject({ market: 'over_under' });
  expect(JSON.stringify(document.paths)).toContain('"$ref":"#/components/schemas/AlertList"');
  expect(JSON.stringify(schemas['AlertList'])).toContain('"$ref":"#/components/schemas/Alert"');
});

test('[API33] the page and all it loads come from this server', async () => {
  const { ask } = setup();
  const page = await ask('/api/docs');
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'/);
  const html = await page.text();
  expect(html).not.toMatch(/https?:\/\//);
  const files = [...html.matchAll(/(?:src|href)="(\/api\/docs\/[^"]+)"/g)].map(([, path]) => path ?? '');
  expect(files).toHaveLength(4);
  for (const file of files) {
    const response = await ask(file);
    expect(response.status, file).toBe(200);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  }
  expect((await ask('/api/docs/package.json')).status).toBe(404);
});

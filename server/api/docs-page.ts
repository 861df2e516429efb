import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPT_TYPE = 'text/javascript; charset=utf-8';
const START_SCRIPT = 'start.js';

/** What the page loads, from this server alone, with its media type. */
export const DOCS_ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': SCRIPT_TYPE,
  'favicon-32x32.png': 'image/png',
  [START_SCRIPT]: SCRIPT_TYPE,
};

/** Swagger UI sets inline styles and draws its icons from data URLs; nothing comes from elsewhere. */
export const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const DOCS_PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Linewatch API</title>
    <link rel="icon" href="/api/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/api/docs/swagger-ui.css">
  </head>
  <body>
    <div id="docs"></div>
    <noscript>This page needs JavaScript. The document itself is at <a href="/api/openapi.json">/api/openapi.json</a>.</noscript>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/${START_SCRIPT}"></script>
  </body>
</html>
`;

const START = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  validatorUrl: null,
});
`;

const loaded = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

async function load(file: string): Promise<Uint8Array<ArrayBuffer>> {
  if (file === START_SCRIPT) return new TextEncoder().encode(START);
  const directory = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')));
  return new Uint8Array(await readFile(join(directory, file)));
}

/** The bytes of one of `DOCS_ASSETS`, read from the installed package once. */
export function readDocsAsset(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const known = loaded.get(file);
  if (known !== undefined) return known;
  const reading = load(file);
  loaded.set(file, reading);
  reading.catch(() => loaded.delete(file));
  return reading;
}

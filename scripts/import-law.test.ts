import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { importFault } from './import-law.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const LINT_TIMEOUT_MS = 15_000;

const FORBIDDEN = [
  ['contracts/alert.ts', "import { hub } from '../server/hub/hub.ts';"],
  ['contracts/socket.ts', "import { Server } from 'socket.io';"],
  ['server/detection/detect.ts', "import { readFileSync } from 'node:fs';"],
  ['server/detection/detect.ts', "import { store } from '../db/price-store.ts';"],
  ['server/queue/write-queue.ts', "import { PrismaClient } from '../db/generated/client.ts';"],
  ['server/queue/write-queue.ts', "import { Server } from 'socket.io';"],
  ['server/queue/write-queue.ts', "import { alertSchema } from '../../contracts/alert.ts';"],
  ['server/queue/write-queue.ts', "const hub = await import('../hub/hub.ts');"],
  ['server/db/deep/store.ts', "import { hub } from '../../hub/hub.ts';"],
  ['server/db/store.ts', "import { Hono } from 'hono';"],
  ['server/db/store.ts', "import { detect } from '../detection/detect.ts';"],
  ['server/hub/hub.ts', "import { createQueue } from '../queue/write-queue.ts';"],
  ['server/hub/hub.ts', "import type { Store } from '../db/store.ts';"],
  ['server/hub/hub.ts', "import { PrismaPg } from '@prisma/adapter-pg';"],
  ['server/ingest/pipeline.ts', "import { createQueue } from '../queue/write-queue.ts';"],
  ['server/ingest/pipeline.ts', "export { store } from '../db/store.ts';"],
  ['server/api/api.ts', "import { store } from '../db/store.ts';"],
  ['server/api/api.ts', "import { Server } from 'socket.io';"],
  ['server/api/api.ts', "import { main } from '../index.ts';"],
  ['server/runtime.ts', "import { createApi } from './api/api.ts';"],
  ['server/config.ts', "import { store } from './db/store.ts';"],
  ['app/page.tsx', "import { store } from '../server/db/store.ts';"],
  ['app/page.tsx', "import { readFileSync } from 'node:fs';"],
  ['components/alerts/row.tsx', "import { getRuntime } from '../../server/runtime.ts';"],
  ['components/alerts/row.tsx', "import Page from '../../app/page.tsx';"],
  ['hooks/use-alerts.ts', "import type { Api } from '../server/api/api.ts';"],
  ['hooks/api-client.ts', "import { api } from '../server/api/api.ts';"],
  ['hooks/api-client.ts', "import type { Store } from '../server/db/store.ts';"],
  ['hooks/use-alerts.ts', "import { Row } from '../components/alerts/row.tsx';"],
  ['hooks/socket.ts', "import { Server } from 'socket.io';"],
  ['hooks/use-alerts.ts', "import { alertSchema } from '../contracts/alert.ts';"],
  ['hooks/use-alerts.ts', "import { z } from 'zod';"],
  ['hooks/api-client.ts', "import { alertSchema } from '../contracts/alert.ts';"],
  ['components/alerts/row.tsx', "import { alertSchema } from '../../contracts/alert.ts';"],
  ['contracts/errors.ts', "import { z } from 'zod';"],
  ['contracts/market.ts', "import { alertSchema } from './alert.ts';"],
  ['server/billing/bill.ts', "import { z } from 'zod';"],
] as const;

const ALLOWED = [
  ['contracts/alert.ts', "import { z } from 'zod';"],
  ['server/detection/detect.ts', "import type { Alert } from '../../contracts/alert.ts';"],
  ['server/queue/write-queue.ts', "import { AppError } from '../../contracts/errors.ts';"],
  ['server/queue/write-queue.ts', "import { setTimeout } from 'node:timers/promises';"],
  ['server/db/deep/store.ts', "import { client } from '../client.ts';"],
  ['server/db/store.ts', "import { PrismaPg } from '@prisma/adapter-pg';"],
  ['server/db/store.ts', "import type { EventState } from '../detection/detection.ts';"],
  ['server/hub/hub.ts', "import { Server } from 'socket.io';"],
  ['server/ingest/pipeline.ts', "import { detect } from '../detection/detect.ts';"],
  ['server/ingest/pipeline.ts', "import type { WriteQueue } from '../queue/write-queue.ts';"],
  ['server/api/api.ts', "import { Hono } from 'hono';"],
  [
    'server/index.ts',
    "import next from 'next'; import { store } from './db/store.ts'; import { hub } from './hub/hub.ts';",
  ],
  ['app/page.tsx', "import { getRuntime } from '../server/runtime.ts';"],
  ['components/alerts/row.tsx', "import { useAlerts } from '../../hooks/use-alerts.ts';"],
  ['components/alerts/row.tsx', "import type { Alert } from '../../contracts/alert.ts';"],
  ['components/alerts/row.tsx', "import { SEVERITIES } from '../../contracts/alert-words.ts';"],
  ['components/settings/form.tsx', "import { settingsSchema } from '../../contracts/settings.ts';"],
  ['contracts/alert.ts', "import { SEVERITIES } from './alert-words.ts';"],
  ['hooks/api-client.ts', "import type { Api } from '../server/api/api.ts';"],
  ['hooks/socket.ts', "import { io } from 'socket.io-client';"],
  ['e2e/desk.spec.ts', "import { createTestDatabase } from '../server/db/test-database.ts';"],
  ['server/api/api.test.ts', "import { store } from '../db/store.ts'; import fc from 'fast-check';"],
  ['next.config.ts', "import type { NextConfig } from 'next';"],
] as const;

const diagnosticsSchema = z.object({
  diagnostics: z.array(z.object({ code: z.string().optional(), filename: z.string(), message: z.string() })),
});

/** Lints a project of these files alone with the real configuration; resolves with the files that break the law. */
function lintedByLaw(files: ReadonlyMap<string, string>): Promise<ReadonlySet<string>> {
  const project = mkdtempSync(path.join(tmpdir(), 'linewatch-law-'));
  // The law needs no types, and these few files are no program.
  const rules = readFileSync(path.join(ROOT, '.oxlintrc.json'), 'utf8').replace(
    '"typeAware": true',
    '"typeAware": false',
  );
  writeFileSync(path.join(project, '.oxlintrc.json'), rules);
  cpSync(path.join(ROOT, 'scripts/import-law.ts'), path.join(project, 'scripts/import-law.ts'));
  for (const [name, text] of files) {
    mkdirSync(path.dirname(path.join(project, name)), { recursive: true });
    writeFileSync(path.join(project, name), `${text}\n`);
  }
  const oxlint = path.join(ROOT, 'node_modules/oxlint/bin/oxlint');
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [oxlint, '--format=json', '.'],
      { cwd: project, timeout: LINT_TIMEOUT_MS },
      (_error, stdout, stderr) => {
        rmSync(project, { recursive: true, force: true });
        const parsed = diagnosticsSchema.safeParse(tryJson(stdout));
        if (!parsed.success) return reject(new Error(`oxlint said no JSON: ${stdout}${stderr}`));
        const broken = parsed.data.diagnostics.filter((each) => each.code === 'linewatch(import-law)');
        resolve(new Set(broken.map((each) => each.filename)));
      },
    );
  });
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const NAMED_IN_THE_LAW: ReadonlySet<string> = new Set([
  'contracts/errors.ts',
  'contracts/market.ts',
  'hooks/api-client.ts',
  'next.config.ts',
  'server/index.ts',
  'server/runtime.ts',
]);

/** Each case as a file of its own beside the one it is named after, in the same room. */
const asFiles = (cases: readonly (readonly [string, string])[], mark: string) =>
  cases.map(([file, text], index) => {
    const name = NAMED_IN_THE_LAW.has(file) ? file : file.replace(/([^/]+)$/, `${mark}-${index}-$1`);
    return { name, text };
  });

describe('the linter', () => {
  let broken: ReadonlySet<string>;
  const forbidden = asFiles(FORBIDDEN, 'forbidden');
  const allowed = asFiles(ALLOWED, 'allowed').filter(({ name }) => !forbidden.some((each) => each.name === name));

  beforeAll(async () => {
    broken = await lintedByLaw(new Map([...forbidden, ...allowed].map(({ name, text }) => [name, text])));
  });

  test.each(forbidden)('[OPS64] reports in $name: $text', ({ name }) => {
    expect([...broken]).toContain(name);
  });

  test.each(allowed)('[OPS64] leaves in peace in $name: $text', ({ name }) => {
    expect([...broken]).not.toContain(name);
  });
});

describe('the law itself', () => {
  test.each(FORBIDDEN)('[OPS64] %s: no %s', (file, text) => {
    expect(faults(file, text)).not.toEqual([]);
  });

  test.each(ALLOWED)('[OPS64] %s: %s', (file, text) => {
    expect(faults(file, text)).toEqual([]);
  });

  test('[OPS65] every room of the project has its row', () => {
    const rooms = readdirSync(path.join(ROOT, 'server'), { withFileTypes: true }).filter((each) => each.isDirectory());
    const strangers = rooms.filter((room) =>
      importFault(`server/${room.name}/a.ts`, 'zod', { isType: false })?.includes('law'),
    );
    expect(strangers).toEqual([]);
  });
});

function faults(file: string, text: string): (string | undefined)[] {
  const found = [...text.matchAll(/(import type|export|import)[^']*'([^']+)'/g)];
  return found
    .map(([, kind, specifier = '']) => importFault(file, specifier, { isType: kind === 'import type' }))
    .filter((fault) => fault !== undefined);
}

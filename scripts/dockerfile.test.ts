import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../server/config.ts';
import { commandOf, environmentOf, readContainerFiles } from './dockerfile.ts';
import { ROOT } from './run-command.ts';

const { stages, final, isIgnored } = readContainerFiles();

test('[OPS223] the image listens to other machines, so it starts only with the secret of a proxy', () => {
  const environment = environmentOf(final);
  expect(() => readConfig(environment)).toThrow(/^HOST: .* give both the same PROXY_SECRET$/);
  expect(readConfig({ ...environment, PROXY_SECRET: 'f'.repeat(32) })).toMatchObject({ host: '0.0.0.0', port: 3_000 });
});

test('[OPS223] the image runs as a user who is not root, and what it copies and starts exists', () => {
  expect(final.instructions.find(({ word }) => word === 'USER')?.rest).toBe('node');
  expect(commandOf(final, 'CMD')).toEqual(['node', 'server/index.ts']);
  const copied = stages
    .flatMap(({ instructions }) => instructions)
    .filter(({ word, rest }) => word === 'COPY' && !rest.startsWith('--from'))
    .flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1));
  for (const file of [...copied, 'server/index.ts']) {
    expect(existsSync(path.join(ROOT, file)), file).toBe(true);
    expect(isIgnored(file), file).toBe(false);
  }
});

test('[OPS223] nothing private, built or installed here goes into the image, and all that git knows of does', () => {
  for (const file of ['.env', 'deploy/.env.production', '.data/postgres/PG_VERSION', '.git/config', 'tls/desk.key']) {
    expect(isIgnored(file), file).toBe(true);
  }
  for (const file of ['node_modules/next/package.json', '.next/BUILD_ID', 'server/db/generated/client.ts']) {
    expect(isIgnored(file), file).toBe(true);
  }
  const known = spawnSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).stdout.trim().split('\n');
  expect(known.filter(isIgnored).filter((file) => !['.dockerignore', 'Dockerfile'].includes(file))).toEqual([]);
});

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const FOLDERS = ['bench', 'components', 'contracts', 'e2e', 'hooks', 'scripts', 'server'];

const rules = [...readFileSync(path.join(ROOT, 'SPEC.md'), 'utf8').matchAll(/^- \*\*([A-Z]+\d+)\*\* /gm)].map(
  ([, id]) => id,
);

/** Promises of docs/guarantees.md that end-to-end tests show as a whole. */
const PROMISES = ['G4', 'G6'];

/** Ids at the beginning of test titles, as `'[WQ4] …'`. */
const quoted = new Set(
  FOLDERS.flatMap((folder) => globSync(`${folder}/**/*.{test,spec}.{ts,tsx}`, { cwd: ROOT })).flatMap((file) =>
    [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(/['"`]\[([A-Z]+\d+)\] /g)].map(([, id]) => id),
  ),
);

test('[OPS110] every rule of SPEC.md has one id, and a test that quotes it', () => {
  expect(rules.filter((id, index) => rules.indexOf(id) !== index)).toEqual([]);
  expect(rules.filter((id) => !quoted.has(id))).toEqual([]);
});

test('[OPS110] every id that a test quotes is a rule of SPEC.md', () => {
  const known = new Set([...rules, ...PROMISES]);
  expect([...quoted].filter((id) => !known.has(id))).toEqual([]);
});

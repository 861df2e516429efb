import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './run-command.ts';

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

test('[OPS225] every function that docs/scaling.md names beside its file stands there, and every file and link exists', () => {
  const text = read('docs/scaling.md');
  const named = [...text.matchAll(/`(\w+)`(?: of `(\w+)`)? \(`([\w./-]+\.ts)`/g)];
  expect(named.length).toBeGreaterThan(15);
  for (const [, name = '', owner, file = ''] of named) {
    const source = read(file);
    for (const word of [name, ...(owner === undefined ? [] : [owner])]) {
      expect(new RegExp(`\\b${word}\\b`).test(source), `${word} in ${file}`).toBe(true);
    }
  }
  const files = [...text.matchAll(/`((?:server|hooks|contracts|bench|docs)\/[\w./-]+)`/g)].map(([, file = '']) => file);
  for (const file of files) expect(existsSync(path.join(ROOT, file)), file).toBe(true);
  for (const [, link = ''] of text.matchAll(/\]\(([^)#]+)/g)) {
    expect(existsSync(path.join(ROOT, 'docs', link)), link).toBe(true);
  }
});

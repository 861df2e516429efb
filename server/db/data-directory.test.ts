import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { prepareDataDirectory } from './data-directory.ts';

const made: string[] = [];
afterEach(() => Promise.all(made.splice(0).map((directory) => rm(directory, { recursive: true }))));

async function temporary(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'linewatch-data-'));
  made.push(directory);
  return directory;
}

test('[OPS220] a data directory is made with all that is above it, and one that is there is taken as it is', async () => {
  const directory = path.join(await temporary(), 'one', 'two', 'three');
  await prepareDataDirectory(directory);
  await prepareDataDirectory(directory);
  expect((await stat(directory)).isDirectory()).toBe(true);
});

test('[OPS220] a data directory that cannot be made ends the start with one sentence', async () => {
  const file = path.join(await temporary(), 'file');
  await writeFile(file, '');
  for (const directory of [file, path.join(file, 'below')]) {
    await expect(prepareDataDirectory(directory)).rejects.toMatchObject({
      code: 'start_failed',
      message: expect.stringMatching(/^The data directory .* is not a directory: name another one in DATA_DIR/),
    });
  }
});

test('[OPS220] a data directory below one that holds no others, as /proc, is refused and not waited for', async () => {
  await expect(prepareDataDirectory('/proc/linewatch/data')).rejects.toMatchObject({
    code: 'start_failed',
    // On systems without /proc nobody may make it.
    message: expect.stringMatching(/^The data directory .* cannot be (?:used|written) \(\w+\)/),
  });
});

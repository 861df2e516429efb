import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSpool } from './spool.ts';

test('[OPS231] a place for large bodies that cannot be made ends the start with one sentence and is not waited for', async () => {
  for (const directory of ['/proc/linewatch-spool', join(tmpdir(), 'linewatch-missing', 'spool')]) {
    await expect(createSpool({ directory }).sweep()).rejects.toMatchObject({
      code: 'start_failed',
      message: expect.stringMatching(/^The directory .* cannot be made \(\w+\): name another one in DATA_DIR$/),
    });
  }
});

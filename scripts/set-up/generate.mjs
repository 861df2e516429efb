import { existsSync, rmSync } from 'node:fs';
import { node24 } from './machine.mjs';
import { place } from './places.mjs';
import { fingerprint, orExplain, readStamp, writeStamp } from './stamp.mjs';
import { SetUpError, run } from './terminal.mjs';

const OUTPUT = place('server', 'db', 'generated');
const STAMP = place('server', 'db', 'generated', '.generated');
const TIMEOUT_MS = 3 * 60_000;

const wantedStamp = () => fingerprint(['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json']);

/** The database client, generated from the schema. */
export const generateStep = {
  isFresh: () => readStamp(STAMP) === wantedStamp() && existsSync(place('server', 'db', 'generated', 'client.ts')),
  async run() {
    orExplain(() => rmSync(OUTPUT, { recursive: true, force: true }));
    const cli = place('node_modules', 'prisma', 'build', 'index.js');
    const result = await run('Generating the database client', node24(), [cli, 'generate'], {
      // Prisma would download its schema engine first, although generating never runs it: any program will do.
      env: { PRISMA_SCHEMA_ENGINE_BINARY: node24(), CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
      timeoutMs: TIMEOUT_MS,
    });
    if (!result.ok) {
      throw new SetUpError(`The database client could not be generated (${result.reason}): see above.`, result.output);
    }
    writeStamp(STAMP, wantedStamp());
  },
};

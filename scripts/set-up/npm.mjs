import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { WANTED_NODE, majorOf, nodePackage } from './machine.mjs';
import { NOTES_DIR, ROOT, place } from './places.mjs';
import { SetUpError, run } from './terminal.mjs';

const PROBE_TIMEOUT_MS = 60_000;
const NODE_TIMEOUT_MS = 5 * 60_000;
const FIRST_NODE = join(NOTES_DIR, 'node');

/** What every npm of ours is told: to be quiet, and to give up on a dead network in seconds. */
export const MANNERS = [
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  '--fetch-retries=2',
  '--fetch-retry-mintimeout=1000',
];

/**
 * npm, run by Node 24: npm leaves out optional packages whose `engines` exclude the Node that runs it, and with an
 * older one most native parts would be missing. Throws when the registry does not answer, which npm by itself
 * would find out hundreds of packages later.
 */
export async function npmOnNode24() {
  const npm = findNpm();
  if (npm.nodeMajor >= WANTED_NODE) {
    const probe = await runNpm('Asking the package registry', npm, ['view', 'next', 'version'], PROBE_TIMEOUT_MS);
    if (!probe.ok) throw new SetUpError(explain(probe), probe.output);
    return npm;
  }
  const { name, file } = nodePackage();
  const version = JSON.parse(readFileSync(place('package.json'), 'utf8')).optionalDependencies[name];
  removeFirstNode();
  const args = ['install', '--no-save', '--ignore-scripts', '--prefix', FIRST_NODE, `${name}@${version}`];
  const result = await runNpm(`Fetching Node ${WANTED_NODE}`, npm, args, NODE_TIMEOUT_MS);
  const node = join(FIRST_NODE, 'node_modules', name, ...file);
  if (!result.ok || !existsSync(node)) throw new SetUpError(explain(result), result.output);
  const env = { PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  return { ...npm, command: npm.args.length > 0 ? node : npm.command, options: { ...npm.options, env } };
}

/** Removes the Node that only npm needed. */
export const removeFirstNode = () => rmSync(FIRST_NODE, { recursive: true, force: true });

const runNpm = (title, npm, args, timeoutMs) =>
  run(title, npm.command, [...npm.args, ...args, ...MANNERS], { ...npm.options, timeoutMs });

function findNpm() {
  const running = process.env.npm_execpath ?? '';
  if (basename(running) === 'npm-cli.js' && existsSync(running)) {
    // Not the Node that runs us: that may be the one in node_modules, which is about to be replaced.
    const command = process.env.npm_node_execpath ?? process.execPath;
    const agent = process.env.npm_config_user_agent ?? '';
    return { command, args: [running], nodeMajor: majorOf(/ node\/(\S+)/.exec(agent)?.[1]), options: {} };
  }
  const isWindows = process.platform === 'win32';
  return { command: isWindows ? 'npm.cmd' : 'npm', args: [], nodeMajor: 0, options: { shell: isWindows } };
}

/** What a newcomer can do about an npm that failed. */
export function explain({ output, reason }) {
  if (
    /longer than/.test(reason) ||
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network/i.test(output)
  ) {
    return 'The packages could not be fetched: check the network (and `npm config get proxy registry`), then try again.';
  }
  if (/SELF_SIGNED|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY/.test(output)) {
    return 'The package registry’s certificate is not trusted here: set NODE_EXTRA_CA_CERTS to your network’s, then try again.';
  }
  if (/ENOSPC/.test(output)) return 'The disk is full: free about 2 GB and try again.';
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return `npm may not write here: make ${ROOT} (and npm’s cache) yours, or work in a clone of your own.`;
  }
  if (/ENOENT/.test(reason)) return 'npm was not found: it comes with Node, see https://nodejs.org.';
  return `npm install failed (${reason}): what it said is above.`;
}

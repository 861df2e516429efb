import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright';

/** Of a page's main thread: how long it worked, and how long it was ready to but had no processor. */
export type MainThread = { readonly ranMs: number; readonly waitedMs: number };

/** By process of a page; Linux alone keeps the books of it, see sched-stats in its documentation. */
async function mainThreads(browser: Browser): Promise<readonly MainThread[]> {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  await devtools.detach();
  const pages = processInfo.filter(({ type }) => type === 'renderer');
  const books = await Promise.all(pages.map(({ id }) => readFile(`/proc/${id}/schedstat`, 'utf8').catch(() => '')));
  return books
    .filter((text) => text !== '')
    .map((text) => {
      const [ranNs, waitedNs] = text.split(' ');
      return { ranMs: Number(ranNs) / 1e6, waitedMs: Number(waitedNs) / 1e6 };
    });
}

/**
 * Of the page that has worked most: on a machine that the server, its database and the browser share, a task takes as
 * long as its work and its waiting. Null where that is not known.
 */
export async function busiestMainThread(browser: Browser): Promise<MainThread | null> {
  const threads = await mainThreads(browser);
  return threads.toSorted((left, right) => right.ranMs - left.ranMs)[0] ?? null;
}

import { type DeskTab, type DeskTabOptions, openDeskTab } from './desk-tab.ts';

const OPENING_AT_ONCE = 25;

/** Opens tabs some at a time, and resolves when each is live and shows something. */
export async function openTabs(
  url: string,
  count: number,
  options: Pick<DeskTabOptions, 'shows'> = {},
): Promise<readonly DeskTab[]> {
  const tabs: DeskTab[] = [];
  while (tabs.length < count) {
    const some = Array.from({ length: Math.min(OPENING_AT_ONCE, count - tabs.length) }, () =>
      openDeskTab(url, options),
    );
    tabs.push(...some);
    await Promise.all(some.map((tab) => becomesLive(tab)));
  }
  return tabs;
}

const becomesLive = (tab: DeskTab): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (tab.link.getSnapshot().connection.kind !== 'live') return;
      stop();
      resolve();
    };
    const stop = tab.link.subscribe(look);
    look();
  });

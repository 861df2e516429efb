import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deskSession } from './desk-session.ts';

/** A browser as far as a session listens to it. */
function setup() {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const tab = new EventTarget();
  vi.stubGlobal('document', page);
  vi.stubGlobal('addEventListener', tab.addEventListener.bind(tab));
  const session = deskSession();
  const asked = vi.spyOn(session.link, 'check').mockResolvedValue();
  const lost = vi.spyOn(session.link, 'networkLost').mockReturnValue();
  const started = vi.spyOn(session.link, 'start').mockReturnValue(() => {});
  session.start();
  return { session, page, tab, asked, lost, started };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('[FLT230] a tab asks where the desk stands when it is shown, comes from the page cache, and when the network returns', () => {
  const { page, tab, asked } = setup();
  page.dispatchEvent(new Event('visibilitychange'));
  expect(asked).toHaveBeenCalledTimes(1);
  tab.dispatchEvent(new Event('pageshow'));
  expect(asked).toHaveBeenCalledTimes(2);
  tab.dispatchEvent(new Event('online'));
  expect(asked).toHaveBeenCalledTimes(3);
  page.visibilityState = 'hidden';
  page.dispatchEvent(new Event('visibilitychange'));
  expect(asked).toHaveBeenCalledTimes(3);
});

test('[FLT230] a tab hears that the network went, and starts once', () => {
  const { session, tab, lost, started } = setup();
  tab.dispatchEvent(new Event('offline'));
  expect(lost).toHaveBeenCalledTimes(1);
  session.start();
  tab.dispatchEvent(new Event('offline'));
  expect([lost.mock.calls.length, started.mock.calls.length]).toEqual([2, 1]);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Alert } from '../contracts/alert.ts';
import { SPOKEN_EVERY_MS, createSpokenNews } from './spoken-news.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const alert = (id: number, severity: Alert['severity']): Alert => ({ id, severity }) as unknown as Alert;

function setup() {
  const said: string[] = [];
  const news = createSpokenNews({
    say: (words) => said.push(words),
    words: (alerts) => alerts.map(({ id }) => id).join(' '),
  });
  return { news, said };
}

test('[UI139] the first critical alert is said at once, what follows together and not before the voice has had its time', () => {
  const { news, said } = setup();
  news.hear([alert(1, 'critical')]);
  news.hear([alert(2, 'critical')]);
  vi.advanceTimersByTime(SPOKEN_EVERY_MS - 1);
  news.hear([alert(3, 'critical')]);
  expect(said).toEqual(['1']);
  vi.advanceTimersByTime(1);
  expect(said).toEqual(['1', '2 3']);
  vi.advanceTimersByTime(10 * SPOKEN_EVERY_MS);
  news.hear([alert(4, 'critical')]);
  expect(said).toEqual(['1', '2 3', '4']);
});

test('[UI139] what is less than critical is left to the eyes, and nothing is said after the stop', () => {
  const { news, said } = setup();
  news.hear([alert(1, 'warning'), alert(2, 'elevated')]);
  news.hear([alert(3, 'critical')]);
  news.hear([alert(4, 'critical')]);
  news.stop();
  vi.advanceTimersByTime(10 * SPOKEN_EVERY_MS);
  expect(said).toEqual(['3']);
  expect(vi.getTimerCount()).toBe(0);
});

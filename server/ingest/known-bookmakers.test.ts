import { expect, test } from 'vitest';
import { createKnownBookmakers } from './known-bookmakers.ts';

function setup(stored: string[] = ['north', 'south']) {
  const desk = { nowMs: 0, reads: 0, fails: false };
  const bookmakers = createKnownBookmakers({
    async stored() {
      desk.reads += 1;
      if (desk.fails) throw new Error('away');
      return [...stored];
    },
    max: 3,
    own: () => 'own',
    now: () => desk.nowMs,
  });
  return { bookmakers, stored, desk };
}

test('[ING201] names that are stored, those let in and the own one are known; beyond the bound a new one is not', async () => {
  const { bookmakers } = setup();
  await bookmakers.ready();
  expect(['north', 'one', 'two', 'one', 'south', 'own'].map(bookmakers.admits)).toEqual([
    true,
    true,
    false,
    true,
    true,
    true,
  ]);
});

test('[ING212] names that were long not heard of make room, and need a place again themselves', async () => {
  const { bookmakers, stored, desk } = setup(['north', 'south', 'west']);
  await bookmakers.ready();
  expect(bookmakers.admits('new')).toBe(false);
  // The reading leaves out who said nothing for the days of retention.
  stored.length = 2;
  desk.nowMs += 1_000;
  await bookmakers.ready();
  expect(['new', 'west', 'north'].map(bookmakers.admits)).toEqual([true, false, true]);
});

test('[ING201] a name whose body came to nothing takes no place: while there is no room the stored ones are read again, once a second', async () => {
  const { bookmakers, desk } = setup();
  await bookmakers.ready();
  expect(bookmakers.admits('lost')).toBe(true);
  await bookmakers.ready();
  expect(bookmakers.admits('new')).toBe(false);
  desk.nowMs += 1_000;
  await Promise.all([bookmakers.ready(), bookmakers.ready()]);
  expect(desk.reads).toBe(2);
  expect(bookmakers.admits('new')).toBe(true);
  expect(bookmakers.admits('lost')).toBe(false);
});

test('[ING201] while the names cannot be read those of before hold', async () => {
  const { bookmakers, desk } = setup(['north', 'south', 'east']);
  await bookmakers.ready();
  desk.fails = true;
  desk.nowMs += 1_000;
  await bookmakers.ready();
  expect(bookmakers.admits('south')).toBe(true);
  expect(bookmakers.admits('new')).toBe(false);
});

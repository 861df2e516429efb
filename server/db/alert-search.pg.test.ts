import fc from 'fast-check';
import { nameSchema } from '../../contracts/text.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alertQuerySchema } from '../../contracts/alert-query.ts';
import { type DeskFixture, NOW, createDeskFixture } from './desk-fixture.ts';
import { searchWords } from './search-words.ts';

let desk: DeskFixture;
const teams = new Map<number, string>();

beforeAll(async () => {
  desk = await createDeskFixture();
  const add = async (home: string, away: string, country: string, bookmaker: string): Promise<void> => {
    const eventId = await desk.addEvent({ home, away, country, league: `${country} Lig` });
    teams.set(await desk.addAlert({ eventId, bookmaker }), home);
  };
  await add('Beşiktaş', 'İstanbul Başakşehir', 'Türkiye', 'draftkings');
  await add("O'Higgins", 'Saint-Étienne', 'Chile', 'Bet365 (UK)');
  await add('Brøndby IF', 'Łódź 04', 'Denmark', 'pinnacle');
  await add('Iğdır FK', 'Kocaeli', 'Türkiye', 'pinnacle');
  await add('Zorya', '🦁 Lions', 'Україна', 'pinnacle');
});
afterAll(() => desk.close());

const found = async (q: string): Promise<(string | undefined)[]> =>
  (await desk.store.listAlerts(alertQuerySchema.parse({ q, sort: 'kickoff' }), NOW)).alerts.map(({ id }) =>
    teams.get(id),
  );

test.each([
  ['beşik', ['Beşiktaş']],
  ['BESIK', ['Beşiktaş']],
  ['istanbul', ['Beşiktaş']],
  ['İSTANBUL', ['Beşiktaş']],
  ['ıstanbul', ['Beşiktaş']],
  ['igdir', ['Iğdır FK']],
  ['türkiye', ['Beşiktaş', 'Iğdır FK']],
  ['turkiye kocaeli', ['Iğdır FK']],
  ['turkiye draft', ['Beşiktaş']],
  ['draft', ['Beşiktaş']],
  ['draft pinn', []],
  ['bet365 uk', ["O'Higgins"]],
  ['pinn brond', ['Brøndby IF']],
  ["o'higgins", ["O'Higgins"]],
  ['higgins saint etienne', ["O'Higgins"]],
  ['saint-étienne', ["O'Higgins"]],
  ['lodz', ['Brøndby IF']],
  ['04', ['Brøndby IF']],
  ['украї', ['Zorya']],
  ['esikt', []],
  ["'", []],
  ["beşik'", ['Beşiktaş']],
  ['&', []],
  ['beşik & !istanbul | x:*', []],
  ['beşik & istanbul', ['Beşiktaş']],
  [':*', []],
  ['beşik:*', ['Beşiktaş']],
  ['\\', []],
  ['a\\', []],
  ['🦁', []],
  ['🦁 lions', ['Zorya']],
  ['(((', []],
  ['%', []],
])('[DB116] a search for %j finds %j', async (q, expected) => {
  expect(await found(q)).toEqual(expected);
});

test('[DB116] no text of a search makes it fail', async () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter((q) => q.trim() !== '');
  const syntax = fc.string({
    unit: fc.constantFrom("'", '"', '&', '|', '!', ':', '*', '<', '-', '>', '(', ')', '\\', ' ', 'a', 'ş'),
    minLength: 1,
    maxLength: 20,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        text,
        syntax.filter((q) => q.trim() !== ''),
      ),
      async (q) => {
        // Text that cannot be stored is refused at the edge.
        fc.pre(nameSchema.safeParse(q).success);
        expect(Array.isArray(await found(q))).toBe(true);
      },
    ),
    { numRuns: 100 },
  );
});

test('[DB116] every word that is stored is found by each of its beginnings', async () => {
  for (const word of searchWords("Beşiktaş O'Higgins Saint-Étienne Łódź 04 Україна Iğdır")) {
    for (let length = 1; length <= word.length; length += 1) expect(await found(word.slice(0, length))).not.toEqual([]);
  }
});

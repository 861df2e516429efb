import type { Snapshot } from '../contracts/snapshot.ts';
import { expect, test } from './fixtures.ts';
import { raiseAlerts } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MATCH = { home: 'Harbour Town', away: 'Mill United' };

type Game = { readonly home: string; readonly kickoff: string };

/** A handicap of zero, whose home side falls by a fifth at our own book: opening prices, then the move. */
function levelHandicap(game: Game, nowMs: number): readonly (readonly Snapshot[])[] {
  const quote = (bookmaker: string, home: number, minutesAgo: number): Snapshot => {
    const at = new Date(nowMs - minutesAgo * MINUTE_MS).toISOString();
    return {
      t: at,
      upd: at,
      event: game.home,
      home: game.home,
      away: 'Visitors',
      league: 'Coastal League',
      country: 'Testland',
      sport: 'soccer',
      kickoff: game.kickoff,
      bookmaker,
      market: 'handicap',
      line: 0,
      outcomes: [
        { name: 'home', odds: home },
        { name: 'away', odds: 1.7 },
      ],
      suspended: false,
    };
  };
  const books = ['draftkings', 'pinnacle', 'betmgm'];
  return [books.map((bookmaker) => quote(bookmaker, 2.2, 10)), [quote('draftkings', 1.76, 0)]];
}

/** 2 am of the second Sunday in March, when New York's clocks go forward: the next one that lies ahead. */
function springForward(nowMs: number): number {
  for (let year = new Date(nowMs).getUTCFullYear(); ; year += 1) {
    const firstDay = new Date(Date.UTC(year, 2, 1)).getUTCDay();
    const secondSunday = 1 + ((7 - firstDay) % 7) + 7;
    const changeMs = Date.UTC(year, 2, secondSunday, 7);
    if (changeMs > nowMs + DAY_MS) return changeMs;
  }
}

const ZONES = [
  { timezoneId: 'Africa/Lagos', before: /07:30:00 GMT\+1$/, after: /08:30:00 GMT\+1$/ },
  { timezoneId: 'America/New_York', before: /01:30:00 (GMT-5|EST)$/, after: /03:30:00 (GMT-4|EDT)$/ },
] as const;

for (const { timezoneId, before, after } of ZONES) {
  test.describe(timezoneId, () => {
    test.use({ timezoneId });

    test(`[UI234] in ${timezoneId} kickoffs on both sides of a change of the clocks are at the right time of day`, async ({
      desk,
      page,
    }) => {
      const changeMs = springForward(Date.now());
      const games = [-30, 30].map((minutes) => ({
        home: minutes < 0 ? 'Before' : 'After',
        kickoff: new Date(changeMs + minutes * MINUTE_MS).toISOString(),
      }));
      for (const game of games) for (const lines of levelHandicap(game, Date.now())) await desk.ingest(lines);
      await riskPage(page).open();

      for (const [home, time] of [
        ['Before', before],
        ['After', after],
      ] as const) {
        const row = page.getByRole('listitem', { name: new RegExp(`^${home} v Visitors`) });
        await expect(row.getByTitle(/^Kickoff/).first()).toHaveAttribute('title', time);
      }
    });

    test(`[UI235] in ${timezoneId} what has just come is seconds old, and is detected at the reader's time of day`, async ({
      desk,
      page,
    }) => {
      await raiseAlerts(desk, MATCH);
      await riskPage(page).open();

      const age = riskPage(page)
        .group(MATCH)
        .locator('time')
        .filter({ hasText: /^(now|\d+ s|\d m)$/ })
        .first();
      const at = (await age.getAttribute('datetime')) ?? '';
      const hour = new Intl.DateTimeFormat('en-GB', {
        timeZone: timezoneId,
        hour: '2-digit',
        minute: '2-digit',
      }).format(new Date(at));
      await expect(age).toHaveAttribute('title', new RegExp(`, ${hour}:\\d\\d `));
    });
  });
}

for (const locale of ['de-DE', 'en-US', 'fr-FR']) {
  test.describe(locale, () => {
    test.use({ locale });

    test(`[UI236] in ${locale} a line of zero reads 0, and prices and changes read as everywhere`, async ({
      desk,
      page,
    }) => {
      const kickoff = new Date(Date.now() + DAY_MS).toISOString();
      for (const lines of levelHandicap({ home: 'Level', kickoff }, Date.now())) await desk.ingest(lines);
      await riskPage(page).open();

      const row = page.getByRole('listitem', { name: /^Level v Visitors/ });
      await expect(row).toContainText('Handicap 0 · Home');
      await expect(row).toContainText('2.20');
      await expect(row).toContainText('1.76');
      await expect(row).toContainText('−20.0%');
    });
  });
}

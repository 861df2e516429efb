import { Client } from 'pg';
import { searchText } from './search-words.ts';

const COUNTRIES = [
  'England',
  'Türkiye',
  'Spain',
  'Germany',
  'Italy',
  'France',
  'Poland',
  'Denmark',
  'Brazil',
  'USA',
] as const;
const TOWNS = [
  'Arsenal',
  'Beşiktaş',
  'Sevilla',
  'Bremen',
  'Torino',
  'Lens',
  'Łódź',
  'Brøndby',
  'Santos',
  'Dallas',
  'Göztepe',
  'Norwich',
  'Granada',
  'Köln',
  'Udine',
  'Nantes',
  'Gdańsk',
  'Odense',
  'Recife',
  'Austin',
  'Exeter',
  'Zaragoza',
  'Halle',
  'Verona',
] as const;
const SUFFIXES = ['United', 'City', 'Athletic', 'Rovers', 'Sporting', 'Union', 'Dynamo', 'Wanderers'] as const;
const BOOKMAKERS = [
  'draftkings',
  'pinnacle',
  'betonlineag',
  'lowvig',
  'Bet365 (UK)',
  'fanduel',
  'betmgm',
  'unibet',
  'bovada',
  'betrivers',
] as const;
const LEAGUES_PER_COUNTRY = 12;
const MAX_VACUUMS = 50;

export type FixtureSize = {
  readonly alerts: number;
  readonly events: number;
  /** Events that have not begun at `nowMs`, with as large a part of the alerts. */
  readonly openPart: number;
  readonly acknowledgedPart: number;
  /** Price versions per quote; quotes are two books and two markets of every event. */
  readonly historyPerQuote: number;
  readonly nowMs: number;
};

/**
 * Fills an empty database, for tests and benchmarks: leagues of ten countries, events up to three days ahead
 * and a hundred back, alerts with an explanation of usual size, and prices. The same sizes give the same rows.
 */
export async function fillAlertFixture(url: string, size: FixtureSize): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SET TIME ZONE 'UTC'");
    const now = new Date(size.nowMs).toISOString();
    await insertPlaces(client, now, size);
    await insertPrices(client, now, size.historyPerQuote);
    await insertAlerts(client, now, size);
    await vacuum(client);
  } finally {
    await client.end();
  }
}

// An automatic ANALYZE of any table at the same moment keeps VACUUM from marking what it has seen.
async function vacuum(client: Client): Promise<void> {
  for (let attempt = 0; attempt < MAX_VACUUMS; attempt += 1) {
    await client.query('VACUUM (ANALYZE)');
    const { rows } = await client.query<{ done: boolean }>(
      "SELECT bool_and(relallvisible >= relpages) AS done FROM pg_class WHERE relname IN ('alert', 'event', 'odds_history')",
    );
    if (rows[0]?.done === true) return;
  }
  throw new Error(`the tables are not wholly visible after ${MAX_VACUUMS} vacuums`);
}

async function insertPlaces(client: Client, now: string, size: FixtureSize): Promise<void> {
  await client.query(
    `INSERT INTO bookmaker (name, last_seen_at) SELECT name, $2::timestamptz FROM unnest($1::text[]) AS row (name)`,
    [BOOKMAKERS, now],
  );
  await client.query(
    `INSERT INTO league (sport, country, name)
     SELECT CASE WHEN number <= 8 THEN 'soccer' ELSE 'basketball' END, country, country || ' League ' || number
     FROM unnest($1::text[]) AS row (country), generate_series(1, ${LEAGUES_PER_COUNTRY}) AS number`,
    [COUNTRIES],
  );
  const events = Array.from({ length: size.events }, (_unused, index) => {
    const home = `${TOWNS[index % TOWNS.length]} ${SUFFIXES[(index >> 2) % SUFFIXES.length]}`;
    const away = `${TOWNS[(index * 7 + 3) % TOWNS.length]} ${SUFFIXES[(index >> 4) % SUFFIXES.length]}`;
    const leagueId = ((index * 37) % (COUNTRIES.length * LEAGUES_PER_COUNTRY)) + 1;
    const country = COUNTRIES[Math.floor((leagueId - 1) / LEAGUES_PER_COUNTRY)] ?? COUNTRIES[0];
    const league = `${country} League ${((leagueId - 1) % LEAGUES_PER_COUNTRY) + 1}`;
    const isOpen = index < size.events * size.openPart;
    // On the quarter hour, as matches are: many share a kickoff.
    const quarters = isOpen ? 1 + ((index * 13) % 288) : -((index * 13) % 9_600);
    return { league_id: leagueId, home, away, quarters, search_text: searchText({ home, away, league, country }) };
  });
  await client.query(
    `INSERT INTO event (source_key, league_id, home, away, kickoff, search_text, last_price_at, created_at)
     SELECT 'fixture-' || ordinality, league_id, home, away, $2::timestamptz + quarters * interval '15 minutes', search_text,
       $2::timestamptz, $2::timestamptz - interval '5 days'
     FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (league_id int, home text, away text, quarters int, search_text text)) WITH ORDINALITY
     ORDER BY ordinality`,
    [JSON.stringify(events), now],
  );
}

async function insertPrices(client: Client, now: string, historyPerQuote: number): Promise<void> {
  await client.query(
    `INSERT INTO book_presence (event_id, bookmaker_id, last_seen_at)
     SELECT event.id, bookmaker.id, $1::timestamptz FROM event, bookmaker WHERE bookmaker.id <= 4`,
    [now],
  );
  await client.query(
    `INSERT INTO odds_current (event_id, bookmaker_id, market, line, state, outcomes, observed_at, changed_at)
     SELECT event.id, bookmaker.id, market, line, 'open', '[["Home",2100,0],["Away",1800,0]]', $1::timestamptz, $1::timestamptz
     FROM event, bookmaker, (VALUES ('moneyline', NULL), ('over_under', 2.5)) AS market (market, line) WHERE bookmaker.id <= 2`,
    [now],
  );
  await client.query(
    `INSERT INTO odds_history (quote_id, observed_at, state, outcomes)
     SELECT odds_current.id, $1::timestamptz - step * interval '5 minutes', 'open',
       jsonb_build_array(jsonb_build_array('Home', 2000 + step, 0), jsonb_build_array('Away', 1900 - step, 0))
     FROM generate_series($2::int, 1, -1) AS step, odds_current`,
    [now, historyPerQuote],
  );
}

async function insertAlerts(client: Client, now: string, size: FixtureSize): Promise<void> {
  // Multiplying by a number without common factor spreads the alerts over the events in no visible order.
  await client.query(
    `INSERT INTO alert (alert_key, event_id, league_id, bookmaker_id, market, line, outcome, type, severity, kickoff, change_basis_points,
       probability_basis_points, old_milli_odds, new_milli_odds, explanation, detected_at, updated_at, acknowledged_at,
       acknowledged_by, seq)
     SELECT 'fixture-' || number, event.id, event.league_id, 1 + number * 7 % $2::int,
       CASE number % 4 WHEN 0 THEN '1x2' WHEN 1 THEN 'over_under' WHEN 2 THEN 'handicap' ELSE 'moneyline' END,
       CASE number % 4 WHEN 1 THEN 2.5 WHEN 2 THEN -1.5 END, 'Home',
       (CASE number % 10 WHEN 0 THEN 'availability' WHEN 1 THEN 'direction_disagreement' ELSE 'price_change' END)::alert_type,
       CASE WHEN number % 20 = 0 THEN 2 WHEN number % 5 = 0 THEN 1 ELSE 0 END, event.kickoff,
       -700 - number % 900, 250, 2100, 1900, $3::jsonb, least(event.kickoff - interval '1 minute', $4::timestamptz) - number % 2880 * interval '1 minute',
       $4::timestamptz, CASE WHEN number % 1000 < $5::float8 * 1000 THEN $4::timestamptz END,
       CASE WHEN number % 1000 < $5::float8 * 1000 THEN 'trader' END, number
     FROM generate_series(1, $1::int) AS number JOIN event ON event.id = 1 + number::bigint * 7919 % $6::int`,
    [size.alerts, BOOKMAKERS.length, JSON.stringify(EXPLANATION), now, size.acknowledgedPart, size.events],
  );
  await client.query(
    'UPDATE watermark SET seq = $1, alert_total = (SELECT count(*) FROM alert), kickoffs_passed = $2',
    [size.alerts, now],
  );
}

const EXPLANATION = {
  rule: 'An outcome moved by at least 7 % within 60 minutes.',
  base: { odds: 2.1, at: '2026-03-01T10:00:00.000Z' },
  observedAt: '2026-03-01T11:00:00.000Z',
  thresholds: { warning: 7, elevated: 10, critical: 15 },
  severityInputs: { changePercent: -9.52, band: 'warning' },
  books: BOOKMAKERS.map((bookmaker) => ({
    bookmaker,
    own: bookmaker === 'draftkings',
    oldOdds: 2.1,
    newOdds: 1.9,
    suspended: false,
    seenAt: '2026-03-01T11:00:00.000Z',
  })),
};

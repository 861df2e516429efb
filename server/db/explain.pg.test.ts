import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  acknowledgeRequestSchema,
  type AlertFilterInput,
  alertFilterSchema,
  alertQuerySchema,
  type AlertQueryInput,
} from '../../contracts/alert-query.ts';
import { ALERT_STATUSES, ALERT_TYPES, SEVERITIES } from '../../contracts/alert-words.ts';
import { type EventQueryInput, eventQuerySchema, historyQuerySchema } from '../../contracts/event.ts';
import { alertIdSchema, eventIdSchema } from '../../contracts/ids.ts';
import { type MuteRequestInput, muteQuerySchema, muteRequestSchema } from '../../contracts/mute.ts';
import type { SavedViewRequest } from '../../contracts/saved-view.ts';
import { DEFAULT_SETTINGS } from '../../contracts/settings.ts';
import { fairOfRow } from '../detection/fair-prices.ts';
import { fillAlertFixture } from './alert-fixture.ts';
import { type Database, openDatabase } from './database.ts';
import { type DeskStore, createDeskStore } from './desk-store.ts';
import { type TestDatabase, createTestDatabase, runSql } from './test-database.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const ALERTS = 100_000;
const EVENTS = 4_000;
const WALKED_ONLY_BY_INDEX = new Set(['alert', 'event', 'odds_current', 'odds_history', 'book_presence']);

/** What concerns one alert, one event or a few changes; walking even an index from end to end costs some 2,000. */
const ASKED_OF_FEW: ReadonlySet<string> = new Set([
  'one alert',
  'what changed between',
  'acknowledge an alert',
  'an event',
  'its odds',
  'its history',
  'its history of a day',
  'the next kickoff',
  'new settings',
  'alerts {"eventId":"17"} by detected',
  'alerts {"q":"zzz"} by detected',
]);
const MAX_COST_OF_FEW = 500;

type Statement = { readonly text: string; readonly values: readonly unknown[] };
type PlanNode = {
  readonly 'Node Type': string;
  readonly 'Total Cost': number;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly PlanNode[];
};
type Ask = (store: DeskStore, nowMs: number) => Promise<unknown>;

const list =
  (query: AlertQueryInput): Ask =>
  (store, nowMs) =>
    store.listAlerts(alertQuerySchema.parse(query), nowMs);
const events =
  (query: EventQueryInput): Ask =>
  (store, nowMs) =>
    store.listEvents(eventQuerySchema.parse(query), nowMs);
const day = (offset: number): string => new Date(NOW + offset * 86_400_000).toISOString();
const eventId = eventIdSchema.parse(17);

const FILTERS: readonly AlertQueryInput[] = [
  {},
  ...ALERT_STATUSES.map((status) => ({ status })),
  { status: ['new', 'acknowledged'] },
  { status: ['new', 'past'] },
  ...SEVERITIES.map((severity) => ({ severity })),
  ...ALERT_TYPES.map((type) => ({ type })),
  { eventId: '17' },
  { eventId: '17,18,19,4000' },
  { bookmaker: 'draftkings' },
  { bookmaker: 'no such bookmaker' },
  { sport: 'soccer' },
  { sport: 'basketball' },
  { country: 'England' },
  { country: 'Nowhere' },
  { league: 'England League 3' },
  { market: 'over_under' },
  { market: 'btts' },
  { from: day(-1) },
  { from: day(-60), to: day(-59) },
  { to: day(-90) },
  { q: 'arsenal' },
  { q: 'a' },
  { q: 'besik united' },
  { q: 'draftk' },
  { q: 'draftk arsenal' },
  { q: 'zzz' },
  { q: '&' },
  { status: 'new', severity: 'critical' },
  { status: 'new', eventId: '17' },
  { status: 'new', country: 'England' },
  { status: 'new', q: 'arsenal' },
  { status: 'past', type: 'availability' },
  { status: 'acknowledged', bookmaker: 'pinnacle' },
  { sport: 'soccer', country: 'Spain', league: 'Spain League 1' },
  { severity: 'critical', market: '1x2', bookmaker: 'pinnacle' },
  { country: 'England', q: 'city', from: day(-2) },
  { status: 'new', kickoffWithin: 120 },
  { detectedWithin: 60 },
  { kickoffFrom: day(0), kickoffTo: day(1) },
];

const FACETS: readonly AlertFilterInput[] = [
  {},
  ...ALERT_STATUSES.map((status) => ({ status })),
  { status: 'new', severity: 'critical', bookmaker: 'pinnacle', league: 'England League 3', kickoffWithin: 120 },
  { status: 'past', q: 'arsenal', muted: 'false' },
];

const VIEW: SavedViewRequest = { name: 'x', filter: { severity: ['critical'], q: 'arsenal' }, sort: 'kickoff' };

const ASKED: readonly (readonly [name: string, ask: Ask])[] = [
  ...FILTERS.flatMap((filter) =>
    (['detected', 'severity', 'kickoff'] as const).map(
      (sort) => [`alerts ${JSON.stringify(filter)} by ${sort}`, list({ ...filter, sort, limit: 200 })] as const,
    ),
  ),
  ...(['detected', 'severity', 'kickoff'] as const).map(
    (sort) =>
      [
        `the second page by ${sort}`,
        async (store: DeskStore, nowMs: number) => {
          const first = await store.listAlerts(alertQuerySchema.parse({ sort, limit: 50 }), nowMs);
          return store.listAlerts(
            alertQuerySchema.parse({ sort, limit: 50, cursor: first.nextCursor ?? undefined }),
            nowMs,
          );
        },
      ] as const,
  ),
  ...FACETS.map(
    (filter) =>
      [
        `facets ${JSON.stringify(filter)}`,
        (store: DeskStore, nowMs: number) => store.alertFacets(alertFilterSchema.parse(filter), nowMs),
      ] as const,
  ),
  ['a new view', (store, nowMs) => store.createView({ ...VIEW, name: `view ${nowMs}` }, { actor: 'a', nowMs })],
  ['views', (store, nowMs) => store.listViews(nowMs)],
  ['another view', (store, nowMs) => store.replaceView(1, VIEW, { actor: 'a', nowMs })],
  ['no view', (store) => store.deleteView(99)],
  ['alert counts', (store, nowMs) => store.alertCounts(nowMs)],
  ['alert stats', (store, nowMs) => store.alertStats(nowMs)],
  ['one alert', (store, nowMs) => store.getAlert(alertIdSchema.parse(4_711), nowMs)],
  ['changes', (store, nowMs) => store.changesSince(ALERTS - 300, undefined, nowMs)],
  ['all changes', (store, nowMs) => store.changesSince(0, undefined, nowMs)],
  ['what changed between', (store) => store.alertsChangedBetween(ALERTS - 300, ALERTS, NOW)],
  ['csv', (store, nowMs) => drain(store.alertCsv({ eventId: [eventId] }, nowMs))],
  [
    'acknowledge an alert',
    (store, nowMs) => store.patchAlert(alertIdSchema.parse(4_711), { acknowledged: true, note: 'x' }, 'a', nowMs),
  ],
  [
    'acknowledge ids',
    (store, nowMs) => store.acknowledgeMany(acknowledgeRequestSchema.parse({ ids: range(1, 10_000) }), 'a', nowMs),
  ],
  [
    'acknowledge a filter',
    (store, nowMs) => store.acknowledgeMany(acknowledgeRequestSchema.parse({ filter: { eventId: '17' } }), 'a', nowMs),
  ],
  ['events', events({})],
  ['events of a country', events({ country: 'England' })],
  ['events of a sport', events({ sport: 'soccer', limit: 200 })],
  ['events of a league from long ago', events({ league: 'England League 3', from: day(-100) })],
  ['events until tomorrow', events({ to: day(1), limit: 200 })],
  ['events found', events({ q: 'besik' })],
  ['all events found', events({ q: 'besik', from: day(-100) })],
  ['an event', (store, nowMs) => store.getEvent(eventId, nowMs)],
  ['its odds', (store) => store.eventOdds(eventId, 'draftkings')],
  [
    'its history',
    (store, nowMs) =>
      store.eventHistory(eventId, historyQuerySchema.parse({ market: 'moneyline', outcome: 'Home' }), 'x', nowMs),
  ],
  [
    'its history of a day',
    (store, nowMs) =>
      store.eventHistory(
        eventId,
        historyQuerySchema.parse({ market: 'over_under', line: 2.5, outcome: 'Home', from: day(-1), to: day(0) }),
        'x',
        nowMs,
      ),
  ],
  ['the desk', (store, nowMs) => store.deskSummary(nowMs)],
  ['the next kickoff', (store, nowMs) => store.nextKickoff(nowMs)],
  ['kickoffs', (store, nowMs) => store.passKickoffs(nowMs + 3_600_000)],
  ['kickoffs set back', (store, nowMs) => store.rewindKickoffs(nowMs)],
  ['muted alerts', list({ muted: 'true' })],
  ['new alerts that are not muted', list({ status: 'new', muted: 'false', sort: 'severity' })],
  ['mutes', (store, nowMs) => store.listMutes(muteQuerySchema.parse({ state: 'all' }), nowMs)],
  ['a mute', (store, nowMs) => store.createMute(muteOf({ kind: 'event', eventId: 17 }, nowMs), 'a', nowMs)],
  ['a wide mute', (store, nowMs) => store.createMute(muteOf({ kind: 'market', market: 'btts' }, nowMs), 'a', nowMs)],
  ['the end of a mute', (store, nowMs) => store.liftMute(1, 'a', nowMs)],
  ['ends of mutes', (store, nowMs) => store.passMuteEnds(nowMs + 2 * 86_400_000)],
  ['the next end of a mute', (store, nowMs) => store.nextMuteEnd(nowMs)],
  ['deleting alerts', (store, nowMs) => store.retentionStep({ alerts: 30, history: 3_000 }, nowMs)],
  ['deleting prices', (store, nowMs) => store.retentionStep({ alerts: 3_000, history: 30 }, nowMs)],
  ['deleting nothing', (store, nowMs) => store.retentionStep({ alerts: 3_000, history: 3_000 }, nowMs)],
  ['settings', (store) => store.readSettings()],
  [
    'new settings',
    (store, nowMs) => store.saveSettings({ ...DEFAULT_SETTINGS, ownBookmaker: 'x' }, { actor: 'a', nowMs }),
  ],
  ['revisions of settings', (store) => store.settingsRevisions({ limit: 50 })],
];

const muteOf = (scope: MuteRequestInput['scope'], nowMs: number) =>
  muteRequestSchema.parse({ scope, until: new Date(nowMs + 86_400_000).toISOString(), reason: 'x' });

/** One of every kind, so that each is looked up in something. */
const MUTES = `INSERT INTO mute (event_id, league_id, bookmaker_id, market, until, reason, muted_at)
  SELECT event_id, league_id, bookmaker_id, market, '2026-06-01', 'x', '2026-03-01'
  FROM (VALUES (18, NULL::int, NULL::int, NULL), (NULL, 3, NULL, NULL), (NULL, NULL, 2, NULL), (NULL, NULL, NULL, 'btts'), (19, NULL, NULL, '1x2'))
    AS row (event_id, league_id, bookmaker_id, market); ANALYZE mute`;

describe.each([
  { desk: 'most alerts past', openPart: 0.05, acknowledgedPart: 0.3, mutes: 'SELECT' },
  { desk: 'most alerts new, some muted', openPart: 0.95, acknowledgedPart: 0.02, mutes: MUTES },
])('$desk', ({ openPart, acknowledgedPart, mutes }) => {
  let testDatabase: TestDatabase;
  let database: Database;
  let store: DeskStore;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    const size = { alerts: ALERTS, events: EVENTS, openPart, acknowledgedPart, historyPerQuote: 12, nowMs: NOW };
    await fillAlertFixture(testDatabase.url, size);
    // As on a desk at work: what changed since the last vacuum is scattered over the table.
    await runSql(testDatabase.url, "UPDATE alert SET note = 'seen' WHERE id % 50 = 0");
    await runSql(testDatabase.url, mutes);
    database = openDatabase({ url: testDatabase.url });
    store = createDeskStore(database, { ownBookmaker: 'draftkings', fairOf: fairOfRow });
  }, 120_000);

  afterAll(async () => {
    await database.close();
    await testDatabase.drop();
  });

  test.each([
    { clock: 'now', nowMs: NOW },
    { clock: 'when nothing is open any more', nowMs: NOW + 30 * 86_400_000 },
  ])(
    '[DB130] at 100,000 alerts no query of the desk walks a table or skips rows by OFFSET, asked $clock',
    async ({ nowMs }) => {
      const walks = [...ASKED_OF_FEW]
        .filter((few) => ASKED.every(([name]) => name !== few))
        .map((name) => `${name}: never asked`);
      for (const [name, ask] of ASKED) {
        const statements = await record(() => ask(store, nowMs));
        if (statements.length === 0) walks.push(`${name}: no statement seen`);
        for (const statement of statements) {
          if (/\boffset\b/i.test(statement.text)) walks.push(`${name}: OFFSET`);
          const plan = await explain(database, statement);
          if (ASKED_OF_FEW.has(name) && plan['Total Cost'] > MAX_COST_OF_FEW)
            walks.push(`${name}: costs ${plan['Total Cost']}`);
          const tables = walkedTables(plan).filter((table) => WALKED_ONLY_BY_INDEX.has(table));
          walks.push(...tables.map((table) => `${name}: walks ${table}`));
        }
      }
      expect(walks).toEqual([]);
    },
    120_000,
  );
});

/** What reaches PostgreSQL while `work` runs, as the driver sends it. */
async function record(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const query = Client.prototype.query as (this: Client, ...args: unknown[]) => unknown;
  const spy = vi.spyOn(Client.prototype, 'query').mockImplementation(function (this: Client, ...args: unknown[]): void {
    const [config, values] = args as [Partial<Statement> | string, readonly unknown[] | undefined];
    const { text, values: ownValues } = typeof config === 'string' ? { text: config, values: undefined } : config;
    if (text !== undefined && /^\s*(select|with|insert|update|delete)\b/i.test(text)) {
      statements.push({ text, values: values ?? ownValues ?? [] });
    }
    return query.apply(this, args) as undefined;
  });
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  return statements;
}

async function explain(database: Database, statement: Statement): Promise<PlanNode> {
  const [row] = await database.writer.$queryRawUnsafe<{ 'QUERY PLAN': { Plan: PlanNode }[] }[]>(
    `EXPLAIN (FORMAT JSON) ${statement.text}`,
    ...statement.values,
  );
  const plan = row?.['QUERY PLAN'][0]?.Plan;
  if (plan === undefined) throw new Error(`PostgreSQL explained nothing for ${statement.text}`);
  return plan;
}

function walkedTables(node: PlanNode): string[] {
  const own = node['Node Type'] === 'Seq Scan' && node['Relation Name'] !== undefined ? [node['Relation Name']] : [];
  return [...own, ...(node.Plans ?? []).flatMap(walkedTables)];
}

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_unused, index) => first + index);

async function drain(lines: AsyncIterable<string>): Promise<void> {
  for await (const line of lines) expect(line).toMatch(/\r\n$/);
}

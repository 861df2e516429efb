import type { AlertFacets } from '../../contracts/alert-facets.ts';
import type { AlertList, AlertStats } from '../../contracts/alert-query.ts';
import type { AlertWithExplanation } from '../../contracts/alert.ts';
import type { EventSummary } from '../../contracts/event.ts';
import type { AlertId, EventId } from '../../contracts/ids.ts';
import type { Mute } from '../../contracts/mute.ts';
import type { SavedView } from '../../contracts/saved-view.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../contracts/settings.ts';
import { createOriginCheck } from '../origin-check.ts';
import { createAnswerCache } from './answer-cache.ts';
import type { ApiDeps } from './api-deps.ts';
import { createApi } from './api.ts';
import { createCachedAnswers } from './cached-answer.ts';
import { ALERT_EXAMPLE, MUTE_EXAMPLE } from './examples.ts';

export const PORT = 3000;
export const ORIGIN = `http://localhost:${PORT}`;
export const MARK = { epoch: 'epoch-a', seq: 7 };
export const SETTINGS: Settings = { ...DEFAULT_SETTINGS, ownBookmaker: 'ourbook' };
export const REVISION = { revision: 3, changedAt: '2026-03-01T12:00:00.000Z', changedBy: 'Ada' };
export const ALERT_ID = ALERT_EXAMPLE.id;
export const EVENT_ID = ALERT_EXAMPLE.eventId;

export const ALERT: AlertWithExplanation = {
  ...ALERT_EXAMPLE,
  explanation: {
    rule: 'over fell by 12.18 %, more than 10 %',
    base: { odds: 1.95, at: '2026-03-01T11:58:00.000Z' },
    observedAt: '2026-03-01T12:00:05.000Z',
    thresholds: { warning: 7, elevated: 10, critical: 15 },
    severityInputs: { changePercent: -12.18 },
    books: [],
  },
};

export const MUTE: Mute = MUTE_EXAMPLE;

const counts = { new: 1, acknowledged: 0, past: 0 };
const zeroTypes = {
  price_change: 1,
  direction_disagreement: 0,
  availability: 0,
  off_market: 0,
  lagging: 0,
  feed_silent: 0,
};

export const LIST: AlertList = { alerts: [ALERT_EXAMPLE], nextCursor: null, counts, ...MARK };
export const STATS: AlertStats = {
  total: 1,
  byStatus: counts,
  bySeverity: { warning: 0, elevated: 1, critical: 0 },
  byType: zeroTypes,
  newBySeverity: { warning: 0, elevated: 1, critical: 0 },
  muted: 0,
  ...MARK,
};

export const FACETS: AlertFacets = {
  total: 1,
  severity: [{ value: 'elevated', alerts: 1 }],
  type: [],
  market: [],
  bookmaker: [],
  league: [],
  country: [],
  sport: [],
  kickoffWithin: [{ minutes: 60, alerts: 1 }],
  detectedWithin: [],
  muted: 0,
  unknown: { bookmaker: [], league: [], country: [], sport: [] },
  ...MARK,
};

export const VIEW: SavedView = {
  id: 5,
  name: 'Late money',
  filter: { severity: ['critical'], kickoffWithin: 120 },
  sort: 'kickoff',
  newAlerts: 3,
  savedAt: '2026-03-01T12:00:00.000Z',
  savedBy: 'Ada',
};

const EVENT: EventSummary = {
  ...ALERT_EXAMPLE.event,
  id: EVENT_ID,
  bookmakers: 3,
  lastPriceAt: null,
  alerts: { ...counts, worstNew: 'elevated' },
};

const isAlert = (id: AlertId): boolean => id === ALERT_ID;
const isEvent = (id: EventId): boolean => id === EVENT_ID;

async function* twoPieces(): AsyncGenerator<string> {
  yield 'id,bookmaker\n';
  yield '1042,ourbook\n';
}

async function lengthOf(body: ReadableStream<Uint8Array>): Promise<number> {
  let length = 0;
  for await (const chunk of body) length += chunk.byteLength;
  return length;
}

/** An API over plain functions that know one alert and one event, with a record of what was asked of them. */
export function setup(overrides: Partial<ApiDeps> = {}) {
  const asked: unknown[][] = [];
  const logged: unknown[] = [];
  const requests: { route: string; status: number; seconds: number }[] = [];
  const deps: ApiDeps = {
    async ingest({ body, signal: _signal, ...request }) {
      const bytes = await lengthOf(body);
      asked.push(['ingest', request, bytes]);
      return { accepted: 1, changed: 1, alerts: 0, rejected: [], rejectedCount: 0, ...MARK };
    },
    async listAlerts(query) {
      asked.push(['listAlerts', query]);
      return LIST;
    },
    async alertStats() {
      asked.push(['alertStats']);
      return STATS;
    },
    async alertFacets(filter) {
      asked.push(['alertFacets', filter]);
      return FACETS;
    },
    getAlert: async (id) => (isAlert(id) ? ALERT : null),
    async patchAlert(id, patch, actor) {
      asked.push(['patchAlert', id, patch, actor]);
      return isAlert(id) ? ALERT_EXAMPLE : null;
    },
    async acknowledge(request, actor) {
      asked.push(['acknowledge', request, actor]);
      return { acknowledged: 1, ids: [ALERT_ID], ...MARK };
    },
    async changes(since, epoch) {
      asked.push(['changes', since, epoch]);
      return { reset: true, ...MARK };
    },
    alertsCsv: twoPieces,
    listEvents: async () => ({ events: [EVENT], nextCursor: null, ...MARK }),
    async oddsBoard(query) {
      asked.push(['oddsBoard', query]);
      return { events: [], leagues: [], nextCursor: null, ...MARK };
    },
    getEvent: async (id) => (isEvent(id) ? { event: EVENT, ...MARK } : null),
    eventOdds: async (id) => (isEvent(id) ? { eventId: id, quotes: [], ...MARK } : null),
    async eventHistory(id, query) {
      asked.push(['eventHistory', id, query]);
      if (!isEvent(id)) return null;
      const { market, outcome, line = null } = query;
      return { eventId: id, market, line, outcome, series: [], alerts: [], truncated: false, head: 9, ...MARK };
    },
    async sparklines(query) {
      asked.push(['sparklines', query]);
      return { sparklines: [], ...MARK };
    },
    async listMutes(query) {
      asked.push(['listMutes', query]);
      return { mutes: [MUTE], nextCursor: null, mutedAlerts: 2, ...MARK };
    },
    async createMute(request, actor) {
      asked.push(['createMute', request, actor]);
      return { mute: MUTE, alerts: 2, ...MARK };
    },
    async liftMute(id, actor) {
      asked.push(['liftMute', id, actor]);
      return id === MUTE.id ? { mute: MUTE, alerts: 2, ...MARK } : null;
    },
    listViews: async () => ({ views: [VIEW], ...MARK }),
    async createView(request, actor) {
      asked.push(['createView', request, actor]);
      return { id: VIEW.id, ...MARK };
    },
    async replaceView(id, request, actor) {
      asked.push(['replaceView', id, request, actor]);
      return id === VIEW.id ? { id, ...MARK } : null;
    },
    async deleteView(id) {
      asked.push(['deleteView', id]);
      return id === VIEW.id ? { id, ...MARK } : null;
    },
    readSettings: async () => ({ settings: SETTINGS, ...REVISION, ...MARK }),
    async saveSettings(settings, save) {
      asked.push(['saveSettings', settings, save]);
      return { settings, ...REVISION, ...MARK };
    },
    settingsRevisions: async () => ({ revisions: [{ ...REVISION, changes: [] }], nextCursor: null, ...MARK }),
    settingsRevision: async (revision) => (revision === REVISION.revision ? { settings: SETTINGS, ...REVISION } : null),
    async *trySettings(request) {
      asked.push(['trySettings', request]);
      yield { kind: 'progress', done: 0, total: 1, observations: 0 };
      yield { kind: 'error', error: { code: 'internal', message: 'x' } };
    },
    desk: async () => ({
      feed: 'none',
      ownBookmaker: 'ourbook',
      clock: { now: '2026-03-01T12:00:00.000Z', rate: 1 },
      bookmakers: [],
      openEvents: 0,
      mutes: 0,
      lastPriceAt: null,
      counts,
      worstNew: null,
      ...MARK,
    }),
    readiness: async () => ({
      ready: true,
      parts: { database: { ok: true, detail: '' }, queue: { ok: true, detail: '' }, hub: { ok: true, detail: '' } },
    }),
    metricsText: async () => '# nothing yet\n',
    watermark: () => MARK,
    validUntilMs: () => Number.POSITIVE_INFINITY,
    now: Date.now,
    isAllowed: createOriginCheck({ host: '127.0.0.1', port: PORT }),
    logError: (error, request) => void logged.push([error, request]),
    observeRequest: (request) => void requests.push(request),
    ...overrides,
  };
  const answers = createCachedAnswers(createAnswerCache(deps));
  const api = createApi(deps, answers);
  /** A request as a script on this machine sends it. */
  const ask = (path: string, init: RequestInit = {}) =>
    api.request(`${ORIGIN}${path}`, {
      ...init,
      headers: { host: `localhost:${PORT}`, ...(init.headers as Record<string, string>) },
    });
  const send = (method: string, path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    ask(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
  return { api, answers, deps, ask, send, asked, logged, requests };
}

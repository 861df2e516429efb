import { hc } from 'hono/client';
import type { AlertFacets } from '../contracts/alert-facets.ts';
import type {
  AcknowledgeAnswer,
  AcknowledgeRequest,
  AlertChanges,
  AlertFilterInput,
  AlertList,
  AlertPatch,
  AlertQueryInput,
  AlertStats,
} from '../contracts/alert-query.ts';
import type { Alert, AlertWithExplanation } from '../contracts/alert.ts';
import type {
  EventAnswer,
  EventHistory,
  EventList,
  EventOdds,
  EventQueryInput,
  HistoryQueryInput,
} from '../contracts/event.ts';
import type { Desk } from '../contracts/feed.ts';
import type { MuteAnswer, MuteList, MuteRequestInput } from '../contracts/mute.ts';
import type { OddsBoard, OddsBoardQueryInput } from '../contracts/odds-board.ts';
import type { SavedViewAnswer, SavedViewList, SavedViewRequestInput } from '../contracts/saved-view.ts';
import type { SettingsInForce } from '../contracts/settings-history.ts';
import type { SparklineList } from '../contracts/sparkline.ts';
import type { Watermark } from '../contracts/watermark.ts';
import type { ApiType } from '../server/api/api.ts';
import type { AnswerShape } from './answer-shape.ts';
import { type ApiTransport, answered, readSignal, writeSignal } from './api-answer.ts';

/** Only there because the client builds whole addresses; the transport is given the path alone. */
const ANY_ORIGIN = 'http://desk';

const WATERMARK = { epoch: 'text', seq: 'number' } as const;
const DESK: AnswerShape<Desk> = { clock: 'object', bookmakers: 'list', counts: 'object', ...WATERMARK };
const ALERT_LIST: AnswerShape<AlertList> = { alerts: 'list', counts: 'object', ...WATERMARK };
const ALERT_CHANGES: AnswerShape<AlertChanges> = WATERMARK;
const ALERT_FACETS: AnswerShape<AlertFacets> = {
  total: 'number',
  severity: 'list',
  bookmaker: 'list',
  league: 'list',
  unknown: 'object',
  ...WATERMARK,
};
const ALERT_STATS: AnswerShape<AlertStats> = { byStatus: 'object', newBySeverity: 'object', ...WATERMARK };
const ALERT: AnswerShape<Alert> = { id: 'number', event: 'object', severity: 'text', status: 'text' };
const EXPLAINED: AnswerShape<AlertWithExplanation> = { ...ALERT, explanation: 'object' };
const EVENT_LIST: AnswerShape<EventList> = { events: 'list', ...WATERMARK };
const ODDS_BOARD: AnswerShape<OddsBoard> = { events: 'list', leagues: 'list', ...WATERMARK };
const EVENT: AnswerShape<EventAnswer> = { event: 'object', ...WATERMARK };
const EVENT_ODDS: AnswerShape<EventOdds> = { quotes: 'list', ...WATERMARK };
const EVENT_HISTORY: AnswerShape<EventHistory> = { series: 'list', alerts: 'list', head: 'number', ...WATERMARK };
const SPARKLINES: AnswerShape<SparklineList> = { sparklines: 'list', ...WATERMARK };
const SETTINGS: AnswerShape<SettingsInForce> = { settings: 'object', revision: 'number', ...WATERMARK };
const MUTE_LIST: AnswerShape<MuteList> = { mutes: 'list', ...WATERMARK };
const MUTE: AnswerShape<MuteAnswer> = { mute: 'object', ...WATERMARK };
const VIEW_LIST: AnswerShape<SavedViewList> = { views: 'list', ...WATERMARK };
const VIEW_SAVED: AnswerShape<SavedViewAnswer> = { id: 'number', ...WATERMARK };
const ACKNOWLEDGED: AnswerShape<AcknowledgeAnswer> = { acknowledged: 'number', ids: 'list', ...WATERMARK };

/**
 * The desk's API, typed by the API itself. Every method resolves with the answer and rejects with an
 * `AppError` that carries the API's own code, or with the transport's error when nothing answered.
 */
export function createApiClient(transport: ApiTransport) {
  const { api } = hc<ApiType>(ANY_ORIGIN, {
    fetch: (address: RequestInfo | URL, init: RequestInit = {}) => {
      const { pathname, search } = new URL(address instanceof Request ? address.url : address);
      return transport(pathname + search, init);
    },
  });
  const until = (signal: AbortSignal) => ({ init: { signal: readSignal(signal) } });
  const inTime = () => ({ init: { signal: writeSignal() } });
  const header = {};

  return {
    desk: (signal: AbortSignal) => answered(DESK, api.desk.$get({}, until(signal))),
    alerts: (query: AlertQueryInput, signal: AbortSignal) =>
      answered(ALERT_LIST, api.alerts.$get({ query }, until(signal))),
    alertFacets: (query: AlertFilterInput, signal: AbortSignal) =>
      answered(ALERT_FACETS, api.alerts.facets.$get({ query }, until(signal))),
    alertStats: (signal: AbortSignal) => answered(ALERT_STATS, api.alerts.stats.$get({ query: {} }, until(signal))),
    alertChanges: ({ seq, epoch }: Watermark, signal: AbortSignal) =>
      answered(ALERT_CHANGES, api.alerts.changes.$get({ query: { since: seq, epoch } }, until(signal))),
    alert: (id: number, signal: AbortSignal) =>
      answered(EXPLAINED, api.alerts[':id'].$get({ param: { id } }, until(signal))),
    events: (query: EventQueryInput, signal: AbortSignal) =>
      answered(EVENT_LIST, api.events.$get({ query }, until(signal))),
    oddsBoard: (query: OddsBoardQueryInput, signal: AbortSignal) =>
      answered(ODDS_BOARD, api.odds.$get({ query }, until(signal))),
    event: (id: number, signal: AbortSignal) =>
      answered(EVENT, api.events[':id'].$get({ param: { id } }, until(signal))),
    eventOdds: (id: number, signal: AbortSignal) =>
      answered(EVENT_ODDS, api.events[':id'].odds.$get({ param: { id } }, until(signal))),
    eventHistory: (id: number, query: HistoryQueryInput, signal: AbortSignal) =>
      answered(EVENT_HISTORY, api.events[':id'].history.$get({ param: { id }, query }, until(signal))),
    sparklines: (ids: readonly number[], signal: AbortSignal) =>
      answered(SPARKLINES, api.alerts.sparklines.$get({ query: { ids: ids.join(',') } }, until(signal))),
    settings: (signal: AbortSignal) => answered(SETTINGS, api.settings.$get({}, until(signal))),
    acknowledge: (json: AcknowledgeRequest) =>
      answered(ACKNOWLEDGED, api.alerts.acknowledge.$post({ header, json }, inTime())),
    mutes: (signal: AbortSignal) => answered(MUTE_LIST, api.mutes.$get({ query: {} }, until(signal))),
    createMute: (json: MuteRequestInput) => answered(MUTE, api.mutes.$post({ header, json }, inTime())),
    liftMute: (id: number) => answered(MUTE, api.mutes[':id'].$delete({ param: { id }, header }, inTime())),
    views: (signal: AbortSignal) => answered(VIEW_LIST, api.views.$get({ query: {} }, until(signal))),
    createView: (json: SavedViewRequestInput) => answered(VIEW_SAVED, api.views.$post({ header, json }, inTime())),
    replaceView: (id: number, json: SavedViewRequestInput) =>
      answered(VIEW_SAVED, api.views[':id'].$put({ param: { id }, header, json }, inTime())),
    deleteView: (id: number) => answered(VIEW_SAVED, api.views[':id'].$delete({ param: { id } }, inTime())),
    patchAlert: (id: number, json: AlertPatch) =>
      answered(ALERT, api.alerts[':id'].$patch({ param: { id }, header, json }, inTime())),
  };
}
export type ApiClient = ReturnType<typeof createApiClient>;

import { hc } from 'hono/client';
import type { z } from 'zod';
import {
  type AcknowledgeRequest,
  type AlertPatch,
  type AlertQueryInput,
  acknowledgeAnswerSchema,
  alertListSchema,
  alertStatsSchema,
} from '../contracts/alert-query.ts';
import { alertSchema, alertWithExplanationSchema } from '../contracts/alert.ts';
import { AppError, errorEnvelopeSchema } from '../contracts/errors.ts';
import {
  type EventQueryInput,
  type HistoryQueryInput,
  eventAnswerSchema,
  eventHistorySchema,
  eventListSchema,
  eventOddsSchema,
} from '../contracts/event.ts';
import { deskSchema } from '../contracts/feed.ts';
import { type MuteRequestInput, muteAnswerSchema, muteListSchema } from '../contracts/mute.ts';
import { settingsAnswerSchema } from '../contracts/settings.ts';
import { sparklineListSchema } from '../contracts/sparkline.ts';
import type { ApiType } from '../server/api/api.ts';

/** A line that falls silent fails nothing by itself: a request without a limit would stand for minutes. */
const READ_TIMEOUT_MS = 4_000;
/** The server itself refuses what it could not store in 20 s. */
const WRITE_TIMEOUT_MS = 30_000;

/** Carries one request to the API: the network in a browser, a function call on the server. */
export type ApiTransport = (path: string, init: RequestInit) => Promise<Response>;

/** Only there because the client builds whole addresses; the transport is given the path alone. */
const ANY_ORIGIN = 'http://desk';

async function refusal(response: Response): Promise<AppError> {
  const envelope = errorEnvelopeSchema.safeParse(await response.json().catch(() => null));
  if (envelope.success) {
    const { code, message, details } = envelope.data.error;
    return new AppError(code, message, { details });
  }
  return new AppError('internal', `expected an answer of the API, got status ${response.status}`);
}

/** The part of hono's response that is the same for each of its many answer types. */
type Answered = { readonly ok: boolean; readonly status: number; json(): Promise<unknown> };

async function parsed<Answer extends z.ZodType>(answer: Answer, asked: Promise<Answered>): Promise<z.infer<Answer>> {
  const response = await asked;
  if (!response.ok) throw await refusal(response as Response);
  return answer.parse(await response.json());
}

/**
 * The desk's API, typed by the API itself. Every method resolves with the parsed answer and rejects with an
 * `AppError` that carries the API's own code, or with the transport's error when nothing answered.
 */
export function createApiClient(transport: ApiTransport) {
  const { api } = hc<ApiType>(ANY_ORIGIN, {
    fetch: (address: RequestInfo | URL, init: RequestInit = {}) => {
      const { pathname, search } = new URL(address instanceof Request ? address.url : address);
      return transport(pathname + search, init);
    },
  });
  const until = (signal: AbortSignal) => ({
    init: { signal: AbortSignal.any([signal, AbortSignal.timeout(READ_TIMEOUT_MS)]) },
  });
  const inTime = () => ({ init: { signal: AbortSignal.timeout(WRITE_TIMEOUT_MS) } });
  const header = {};

  return {
    desk: (signal: AbortSignal) => parsed(deskSchema, api.desk.$get({}, until(signal))),
    alerts: (query: AlertQueryInput, signal: AbortSignal) =>
      parsed(alertListSchema, api.alerts.$get({ query }, until(signal))),
    alertStats: (signal: AbortSignal) => parsed(alertStatsSchema, api.alerts.stats.$get({ query: {} }, until(signal))),
    alert: (id: number, signal: AbortSignal) =>
      parsed(alertWithExplanationSchema, api.alerts[':id'].$get({ param: { id } }, until(signal))),
    events: (query: EventQueryInput, signal: AbortSignal) =>
      parsed(eventListSchema, api.events.$get({ query }, until(signal))),
    event: (id: number, signal: AbortSignal) =>
      parsed(eventAnswerSchema, api.events[':id'].$get({ param: { id } }, until(signal))),
    eventOdds: (id: number, signal: AbortSignal) =>
      parsed(eventOddsSchema, api.events[':id'].odds.$get({ param: { id } }, until(signal))),
    eventHistory: (id: number, query: HistoryQueryInput, signal: AbortSignal) =>
      parsed(eventHistorySchema, api.events[':id'].history.$get({ param: { id }, query }, until(signal))),
    sparklines: (ids: readonly number[], signal: AbortSignal) =>
      parsed(sparklineListSchema, api.alerts.sparklines.$get({ query: { ids: ids.join(',') } }, until(signal))),
    settings: (signal: AbortSignal) => parsed(settingsAnswerSchema, api.settings.$get({}, until(signal))),
    acknowledge: (json: AcknowledgeRequest) =>
      parsed(acknowledgeAnswerSchema, api.alerts.acknowledge.$post({ header, json }, inTime())),
    mutes: (signal: AbortSignal) => parsed(muteListSchema, api.mutes.$get({ query: {} }, until(signal))),
    createMute: (json: MuteRequestInput) => parsed(muteAnswerSchema, api.mutes.$post({ header, json }, inTime())),
    liftMute: (id: number) => parsed(muteAnswerSchema, api.mutes[':id'].$delete({ param: { id }, header }, inTime())),
    patchAlert: (id: number, json: AlertPatch) =>
      parsed(alertSchema, api.alerts[':id'].$patch({ param: { id }, header, json }, inTime())),
  };
}
export type ApiClient = ReturnType<typeof createApiClient>;

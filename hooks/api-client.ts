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
import { type EventQueryInput, eventAnswerSchema, eventListSchema, eventOddsSchema } from '../contracts/event.ts';
import { deskSchema } from '../contracts/feed.ts';
import { settingsAnswerSchema } from '../contracts/settings.ts';

/** A line that falls silent fails nothing by itself: a request without a limit would stand for minutes. */
const READ_TIMEOUT_MS = 10_000;
/** The server itself refuses what it could not store in 20 s. */
const WRITE_TIMEOUT_MS = 30_000;

/** Carries one request to the API: the network in a browser, a function call on the server. */
export type ApiTransport = (path: string, init: RequestInit) => Promise<Response>;

type ParameterValue = string | number | undefined | readonly (string | number)[];

function search(parameters: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters) as [string, ParameterValue][]) {
    if (value === undefined) continue;
    for (const item of [value].flat()) query.append(name, String(item));
  }
  return query.size === 0 ? '' : `?${query.toString()}`;
}

async function refusal(response: Response): Promise<AppError> {
  const envelope = errorEnvelopeSchema.safeParse(await response.json().catch(() => null));
  if (envelope.success) {
    const { code, message, details } = envelope.data.error;
    return new AppError(code, message, { details });
  }
  return new AppError('internal', `expected an answer of the API, got status ${response.status}`);
}

/**
 * The desk's API, typed. Every method resolves with the parsed answer and rejects with an `AppError` that
 * carries the API's own code, or with the transport's error when nothing answered.
 */
export function createApiClient(transport: ApiTransport) {
  async function request<Answer extends z.ZodType>(
    answer: Answer,
    path: string,
    { headers, ...init }: Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> },
  ): Promise<z.infer<Answer>> {
    const response = await transport(path, { ...init, headers: { accept: 'application/json', ...headers } });
    if (!response.ok) throw await refusal(response);
    return answer.parse(await response.json());
  }

  const read = <Answer extends z.ZodType>(answer: Answer, path: string, signal: AbortSignal) =>
    request(answer, path, { signal: AbortSignal.any([signal, AbortSignal.timeout(READ_TIMEOUT_MS)]) });

  const write = <Answer extends z.ZodType>(answer: Answer, method: 'POST' | 'PATCH', path: string, body: unknown) =>
    request(answer, path, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
      signal: AbortSignal.timeout(WRITE_TIMEOUT_MS),
    });

  return {
    desk: (signal: AbortSignal) => read(deskSchema, '/api/desk', signal),
    alerts: (query: AlertQueryInput, signal: AbortSignal) =>
      read(alertListSchema, `/api/alerts${search(query)}`, signal),
    alertStats: (signal: AbortSignal) => read(alertStatsSchema, '/api/alerts/stats', signal),
    alert: (id: number, signal: AbortSignal) => read(alertWithExplanationSchema, `/api/alerts/${id}`, signal),
    events: (query: EventQueryInput, signal: AbortSignal) =>
      read(eventListSchema, `/api/events${search(query)}`, signal),
    event: (id: number, signal: AbortSignal) => read(eventAnswerSchema, `/api/events/${id}`, signal),
    eventOdds: (id: number, signal: AbortSignal) => read(eventOddsSchema, `/api/events/${id}/odds`, signal),
    settings: (signal: AbortSignal) => read(settingsAnswerSchema, '/api/settings', signal),
    acknowledge: (body: AcknowledgeRequest) => write(acknowledgeAnswerSchema, 'POST', '/api/alerts/acknowledge', body),
    patchAlert: (id: number, body: AlertPatch) => write(alertSchema, 'PATCH', `/api/alerts/${id}`, body),
  };
}
export type ApiClient = ReturnType<typeof createApiClient>;

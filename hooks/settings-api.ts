import { AppError } from '../contracts/errors.ts';
import type { RevisionList, SettingsInForce, SettingsOfRevision } from '../contracts/settings-history.ts';
import type { TryLine, TryRequest } from '../contracts/settings-try.ts';
import type { Settings } from '../contracts/settings.ts';
import { type AnswerShape, refusalIn, shapedAnswer } from './answer-shape.ts';
import type { ApiTransport } from './api-client.ts';
import { browserTransport } from './browser-transport.ts';
import { jsonLines } from './json-lines.ts';

const READ_TIMEOUT_MS = 4_000;
const WRITE_TIMEOUT_MS = 30_000;
const PATH = '/api/settings';
const JSON_BODY = { 'Content-Type': 'application/json' } as const;

async function refusal(response: Response): Promise<AppError> {
  const told = refusalIn(await response.json().catch(() => null));
  return told ?? new AppError('internal', `expected an answer of the API, got status ${response.status}`);
}

async function answered<Answer>(shape: AnswerShape<Answer>, asked: Promise<Response>): Promise<Answer> {
  const response = await asked;
  if (!response.ok) throw await refusal(response);
  return shapedAnswer(shape, await response.json());
}

const IN_FORCE: AnswerShape<SettingsInForce> = { settings: 'object', revision: 'number', epoch: 'text', seq: 'number' };
const REVISIONS: AnswerShape<RevisionList> = { revisions: 'list', epoch: 'text', seq: 'number' };
const OF_REVISION: AnswerShape<SettingsOfRevision> = { settings: 'object', revision: 'number' };

const until = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, AbortSignal.timeout(READ_TIMEOUT_MS)]);

/**
 * The part of the API that only the settings page uses. Every method rejects with an `AppError` that carries the
 * API's own code, or with the transport's error when nothing answered.
 */
export function createSettingsApi(transport: ApiTransport) {
  return {
    /** Rejects with `conflict` when another revision than `ifRevision` is in force meanwhile. */
    save: (settings: Settings, ifRevision: number): Promise<SettingsInForce> =>
      answered(
        IN_FORCE,
        transport(PATH, {
          method: 'PUT',
          headers: { ...JSON_BODY, 'If-Match': `"${ifRevision}"` },
          body: JSON.stringify(settings),
          signal: AbortSignal.timeout(WRITE_TIMEOUT_MS),
        }),
      ),

    revisions: (cursor: string | null, signal: AbortSignal): Promise<RevisionList> =>
      answered(
        REVISIONS,
        transport(`${PATH}/revisions${cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`}`, {
          signal: until(signal),
        }),
      ),

    /** 0 for the defaults. */
    revision: (revision: number, signal: AbortSignal): Promise<SettingsOfRevision> =>
      answered(OF_REVISION, transport(`${PATH}/revisions/${revision}`, { signal: until(signal) })),

    /** The lines of a try as they come; ends without a result or an error when the stream was cut. */
    async *try(request: TryRequest, signal: AbortSignal): AsyncGenerator<TryLine> {
      const init = { method: 'POST', headers: JSON_BODY, body: JSON.stringify(request), signal };
      const response = await transport(`${PATH}/try`, init);
      if (!response.ok) throw await refusal(response);
      if (response.body !== null) yield* jsonLines(response.body) as AsyncGenerator<TryLine>;
    },
  };
}

/** The settings over the network of this tab. */
export const browserSettings = createSettingsApi(browserTransport);

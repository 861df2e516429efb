import type { RevisionList, SettingsInForce, SettingsOfRevision } from '../contracts/settings-history.ts';
import type { TryLine, TryRequest } from '../contracts/settings-try.ts';
import type { Settings } from '../contracts/settings.ts';
import type { AnswerShape } from './answer-shape.ts';
import { type ApiTransport, answered, readSignal, refusal, writeSignal } from './api-answer.ts';
import { browserTransport } from './browser-transport.ts';
import { jsonLines } from './json-lines.ts';

const PATH = '/api/settings';
const JSON_BODY = { 'Content-Type': 'application/json' } as const;

const IN_FORCE: AnswerShape<SettingsInForce> = { settings: 'object', revision: 'number', epoch: 'text', seq: 'number' };
const REVISIONS: AnswerShape<RevisionList> = { revisions: 'list', epoch: 'text', seq: 'number' };
const OF_REVISION: AnswerShape<SettingsOfRevision> = { settings: 'object', revision: 'number' };

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
          signal: writeSignal(),
        }),
      ),

    revisions: (cursor: string | null, signal: AbortSignal): Promise<RevisionList> =>
      answered(
        REVISIONS,
        transport(`${PATH}/revisions${cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`}`, {
          signal: readSignal(signal),
        }),
      ),

    /** 0 for the defaults. */
    revision: (revision: number, signal: AbortSignal): Promise<SettingsOfRevision> =>
      answered(OF_REVISION, transport(`${PATH}/revisions/${revision}`, { signal: readSignal(signal) })),

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

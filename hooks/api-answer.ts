import { AppError } from '../contracts/errors.ts';
import { type AnswerShape, refusalIn, shapedAnswer } from './answer-shape.ts';

/** Carries one request to the API: the network in a browser, a function call on the server. */
export type ApiTransport = (path: string, init: RequestInit) => Promise<Response>;

/** A line that falls silent fails nothing by itself: a request without a limit would stand for minutes. */
const READ_TIMEOUT_MS = 4_000;
/** The server itself refuses what it could not store in 20 s. */
const WRITE_TIMEOUT_MS = 30_000;

/** Ends a read with its asker, or when nothing has answered. */
export const readSignal = (asker: AbortSignal): AbortSignal =>
  AbortSignal.any([asker, AbortSignal.timeout(READ_TIMEOUT_MS)]);

/** Ends a write that nothing has answered; nobody else may end one, as it may be stored already. */
export const writeSignal = (): AbortSignal => AbortSignal.timeout(WRITE_TIMEOUT_MS);

/** The part of a response that is the same for hono's many answer types and the browser's own. */
export type Answered = { readonly ok: boolean; readonly status: number; json(): Promise<unknown> };

/** What the API says of a request that it refuses: its own code, or `internal` where the answer is none of the API's. */
export async function refusal(response: Answered): Promise<AppError> {
  const told = refusalIn(await response.json().catch(() => null));
  return told ?? new AppError('internal', `expected an answer of the API, got status ${response.status}`);
}

/** The answer in its shape; rejects with the refusal, or with the transport's error when nothing answered. */
export async function answered<Answer>(shape: AnswerShape<Answer>, asked: Promise<Answered>): Promise<Answer> {
  const response = await asked;
  if (!response.ok) throw await refusal(response);
  return shapedAnswer(shape, await response.json());
}

import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { AppError } from '../contracts/errors.ts';
import { errorEnvelopeSchema } from '../contracts/error-envelope.ts';
import { type IngestAnswer, ingestAnswerSchema } from '../contracts/snapshot.ts';
import { pause } from '../server/ingest/pause.ts';
import { type ReadLine, recordedPolls } from '../server/ingest/recording.ts';

export type ReplayArguments = {
  readonly file: string;
  readonly speed: number | 'max';
  /** `paced`: the first poll is now, and from there times run as fast as the replay; `recorded`: as they are. */
  readonly times: 'paced' | 'recorded';
  readonly url: URL;
};

export type ReplayReport = {
  readonly lines: number;
  readonly requests: number;
  readonly accepted: number;
  readonly changed: number;
  readonly alerts: number;
  readonly refused: Readonly<Record<string, number>>;
  /** Some reasons in full. */
  readonly firstRefusals: readonly string[];
  readonly durationMs: number;
  readonly stopped: boolean;
};

type Line = { readonly text: string; readonly json: Readonly<Record<string, unknown>> };

/** Small polls travel together when nothing has to wait for its time. */
const MAX_LINES_PER_REQUEST = 2_000;
const REQUEST_TIMEOUT_MS = 60_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;
/** A desk that had answered before and does not any more is waited for this long. */
const GIVE_UP_AFTER_MS = 5 * 60_000;
const MAX_REFUSALS_QUOTED = 5;

const compress = promisify(gzip);

/** Only what a replay needs: a time. Whether the rest is a snapshot is for the desk to say. */
const readLine: ReadLine<Line> = (text) => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { kind: 'refused', code: 'not_json', message: error instanceof Error ? error.message : 'expected JSON' };
  }
  if (
    typeof json !== 'object' ||
    json === null ||
    !('t' in json) ||
    typeof json.t !== 'string' ||
    Number.isNaN(Date.parse(json.t))
  ) {
    return { kind: 'refused', code: 'bad_snapshot', message: 't: expected a time' };
  }
  return { kind: 'item', item: { text, json: { ...json } }, atMs: Date.parse(json.t) };
};

/** A recorded time as the desk is told it, both in epoch milliseconds. */
type Move = (recordedMs: number) => number;
type Moves = { readonly t: Move; readonly kickoff: Move; readonly upd: Move };

function moved({ json }: Line, moves: Moves): string {
  const line: Record<string, unknown> = { ...json };
  for (const field of ['t', 'kickoff', 'upd'] as const) {
    const value = json[field];
    const atMs = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    if (!Number.isNaN(atMs)) line[field] = new Date(Math.round(moves[field](atMs))).toISOString();
  }
  return JSON.stringify(line);
}

/**
 * Times for a desk whose own clock runs as everybody's: a poll from its future would be refused, so an hour that is
 * replayed in a minute is a minute there too, up to the kickoff. At `max` each poll is of the moment it is read in,
 * later than the one before, and only kickoffs keep their distance.
 */
function createPacing(speed: number | 'max'): (pollMs: number, nowMs: number) => Moves {
  let first: { readonly recordedMs: number; readonly wallMs: number } | undefined;
  let lastMs = Number.NEGATIVE_INFINITY;
  return (pollMs, nowMs) => {
    const { recordedMs, wallMs } = (first ??= { recordedMs: pollMs, wallMs: nowMs });
    if (speed !== 'max') {
      const scaled: Move = (atMs) => wallMs + (atMs - recordedMs) / speed;
      return { t: scaled, kickoff: scaled, upd: scaled };
    }
    lastMs = Math.max(lastMs + 1, nowMs);
    const toNow = lastMs - pollMs;
    return { t: (atMs) => atMs + toNow, upd: (atMs) => atMs + toNow, kickoff: (atMs) => atMs - recordedMs + wallMs };
  };
}

/**
 * Sends a recording poll by poll, in order, each body once in effect: it carries an `Idempotency-Key`, and is
 * repeated after 503 (when the desk asks for it) and after a lost connection. Throws an `AppError` when the file
 * cannot be read, the desk is not there, or it refuses a whole body.
 */
export async function sendRecording(
  { file, speed, times, url }: ReplayArguments,
  options: {
    readonly signal: AbortSignal;
    readonly onProgress: (report: ReplayReport, share: number, recordedMs: number) => void;
  },
): Promise<ReplayReport> {
  const { signal } = options;
  const startedMs = Date.now();
  const send = createSender(url, signal);
  const sums = { lines: 0, requests: 0, accepted: 0, changed: 0, alerts: 0 };
  const refused: Record<string, number> = {};
  const firstRefusals: string[] = [];
  const refuse = (code: string, message: string, count = 1): void => {
    refused[code] = (refused[code] ?? 0) + count;
    if (message !== '' && firstRefusals.length < MAX_REFUSALS_QUOTED) firstRefusals.push(`${code}: ${message}`);
  };
  const report = (): ReplayReport => ({
    ...sums,
    refused,
    firstRefusals,
    durationMs: Date.now() - startedMs,
    stopped: signal.aborted,
  });

  async function deliver(lines: readonly string[]): Promise<void> {
    const answer = await send(`${lines.join('\n')}\n`);
    if (answer === null) return;
    sums.requests += 1;
    sums.lines += lines.length;
    sums.accepted += answer.accepted;
    sums.changed += answer.changed;
    sums.alerts += answer.alerts;
    for (const { code, message } of answer.rejected) refuse(code, message);
    const unlisted = answer.rejectedCount - answer.rejected.length;
    if (unlisted > 0) refuse('not_listed', '', unlisted);
  }

  const movesAt = createPacing(speed);
  let waiting: string[] = [];
  let first: { readonly recordedMs: number; readonly wallMs: number } | undefined;
  for await (const poll of recordedPolls(file, readLine)) {
    for (const { line, code, message } of poll.refused) {
      sums.lines += 1;
      refuse(code, `line ${line}: ${message}`);
    }
    if (poll.items.length === 0) continue;
    first ??= { recordedMs: poll.atMs, wallMs: Date.now() };
    if (speed !== 'max') await pause(first.wallMs + (poll.atMs - first.recordedMs) / speed - Date.now(), signal);
    if (signal.aborted) break;
    const moves = times === 'paced' ? movesAt(poll.atMs, speed === 'max' ? Date.now() : first.wallMs) : undefined;
    for (const item of poll.items) waiting.push(moves === undefined ? item.text : moved(item, moves));
    if (speed !== 'max' || waiting.length >= MAX_LINES_PER_REQUEST) {
      await deliver(waiting);
      waiting = [];
    }
    options.onProgress(report(), poll.bytesRead / poll.totalBytes, poll.atMs);
  }
  if (waiting.length > 0 && !signal.aborted) await deliver(waiting);
  return report();
}

/** Sends one body until it is answered; null when `signal` came first. */
function createSender(url: URL, signal: AbortSignal): (body: string) => Promise<IngestAnswer | null> {
  const target = new URL('/api/ingest/snapshots', url);
  const run = randomUUID();
  let bodies = 0;
  let wasThere = false;

  return async (body) => {
    bodies += 1;
    const headers = {
      'content-type': 'application/x-ndjson',
      'content-encoding': 'gzip',
      'idempotency-key': `replay-${run}-${bodies}`,
    };
    const compressed = await compress(body);
    const beganMs = Date.now();
    for (let waitMs = FIRST_RETRY_MS; !signal.aborted; waitMs = Math.min(LONGEST_RETRY_MS, waitMs * 2)) {
      let response: Response;
      let text: string;
      try {
        const within = AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]);
        response = await fetch(target, { method: 'POST', headers, body: compressed, signal: within });
        text = await response.text();
      } catch (error) {
        if (signal.aborted) return null;
        if (!wasThere || Date.now() - beganMs > GIVE_UP_AFTER_MS) throw unreachable(url, error);
        await pause(waitMs, signal);
        continue;
      }
      wasThere = true;
      if (response.ok) return ingestAnswerSchema.parse(JSON.parse(text));
      if (response.status !== 503) throw refusal(response.status, text);
      const asked = Number(response.headers.get('retry-after'));
      await pause(asked > 0 ? asked * 1_000 : waitMs, signal);
    }
    return null;
  };
}

function unreachable(url: URL, error: unknown): AppError {
  return new AppError(
    'bad_config',
    `nothing answers at ${url.origin}: is Linewatch running there? (npm start, or --url)`,
    { cause: error },
  );
}

function refusal(status: number, text: string): AppError {
  let envelope;
  try {
    envelope = errorEnvelopeSchema.safeParse(JSON.parse(text));
  } catch {
    envelope = undefined;
  }
  const why =
    envelope?.success === true ? `${envelope.data.error.code}: ${envelope.data.error.message}` : text.slice(0, 200);
  return new AppError('bad_request', `the desk refused the recording with ${status}: ${why}`);
}

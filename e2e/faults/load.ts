import { setTimeout as delay } from 'node:timers/promises';
import { type IngestAnswer, ingestAnswerSchema } from '../../contracts/snapshot.ts';
import { type LoadShape, bodyOf, linesPerBody } from './known-load.ts';

/** Longer than the server's own deadline, so that it is always the server that answers. */
const REQUEST_TIMEOUT_MS = 60_000;
/** Retry-After is for producers in the wild; here a second of waiting is a second of test. */
const MAX_WAIT_MS = 200;
const FIRST_WAIT_MS = 25;

/**
 * How a body is sent: under a key and repeated until it is answered; without a key and repeated all the same; or
 * sent once and given up when no answer comes.
 */
type Manner = 'keyed' | 'keyless' | 'once';

/** What the outside knows of one body: nobody can know more. */
export type SentBody = {
  readonly producer: number;
  readonly poll: number;
  readonly manner: Manner;
  readonly key: string | null;
  attempts: number;
  /** Byte for byte, of the 200. Undefined when there was none. */
  answerText?: string;
  answer?: IngestAnswer;
};

export type Load = {
  /** In the order of their sending, of each producer. */
  readonly sent: readonly SentBody[];
  readonly answered: () => number;
  readonly refused: () => Readonly<Record<number, number>>;
  /** Answers other than 200 and 503: there must be none. */
  readonly surprises: readonly string[];
  /** Resolves when each producer has had `count` more bodies answered. Rejects after `withinMs`. */
  readonly progress: (count: number, withinMs: number) => Promise<void>;
  /** Lets running requests come to their end, answered or not. */
  readonly stop: () => Promise<void>;
};

const mannerOf = (poll: number): Manner => (poll % 7 === 3 ? 'keyless' : poll % 11 === 5 ? 'once' : 'keyed');

/** Starts producers that each send a body every `everyMs`, the next one only after the last was answered or given up. */
export function startLoad(options: {
  readonly url: string;
  readonly shape: LoadShape;
  readonly everyMs: number;
}): Load {
  const { url, shape } = options;
  const sent: SentBody[] = [];
  const refused: Record<number, number> = {};
  const surprises: string[] = [];
  const answeredBy = Array.from({ length: shape.producers }, () => 0);
  const stopping = new AbortController();

  async function send(body: SentBody): Promise<void> {
    const text = bodyOf(shape, body.producer, body.poll)
      .map((line) => JSON.stringify(line))
      .join('\n');
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(MAX_WAIT_MS, waitMs * 2)) {
      body.attempts += 1;
      try {
        const response = await fetch(`${url}/api/ingest/snapshots`, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/x-ndjson',
            ...(body.key === null ? {} : { 'Idempotency-Key': body.key }),
          },
          body: text,
          signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
        });
        const answerText = await response.text();
        if (response.status === 200) {
          body.answerText = answerText;
          body.answer = ingestAnswerSchema.parse(JSON.parse(answerText));
          answeredBy[body.producer] = (answeredBy[body.producer] ?? 0) + 1;
          return;
        }
        refused[response.status] = (refused[response.status] ?? 0) + 1;
        if (response.status !== 503 || response.headers.get('retry-after') === null) {
          surprises.push(`${response.status} ${answerText}`);
        }
      } catch {
        // Nobody there, or the connection broke before the answer: what became of the body is not known.
      }
      if (body.manner === 'once' || stopping.signal.aborted) return;
      await delay(waitMs);
    }
  }

  async function produce(producer: number): Promise<void> {
    for (let poll = 0; !stopping.signal.aborted; poll += 1) {
      const startedMs = performance.now();
      const manner = mannerOf(poll);
      const key = manner === 'keyless' ? null : `load-${shape.startMs}-${producer}-${poll}`;
      const body: SentBody = { producer, poll, manner, key, attempts: 0 };
      sent.push(body);
      await send(body);
      const restMs = options.everyMs - (performance.now() - startedMs);
      if (restMs > 0) await delay(restMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const producers = Array.from({ length: shape.producers }, (_, producer) => produce(producer));

  return {
    sent,
    answered: () => answeredBy.reduce((sum, count) => sum + count, 0) * linesPerBody(shape),
    refused: () => refused,
    surprises,
    async progress(count, withinMs) {
      const goals = answeredBy.map((answered) => answered + count);
      const until = performance.now() + withinMs;
      while (goals.some((goal, producer) => (answeredBy[producer] ?? 0) < goal)) {
        if (performance.now() > until) throw new Error(`some producer got no ${count} answers within ${withinMs} ms`);
        await delay(10);
      }
    },
    async stop() {
      stopping.abort();
      await Promise.all(producers);
    },
  };
}

import { type IngestAnswer, type Snapshot, ingestAnswerSchema } from '../../contracts/snapshot.ts';
import { threeWayQuote } from '../quote.ts';

/** Matches whose own home price goes down by a fifth, each once: every body is exactly one alert. */
export type Moves = {
  /** Both books' first prices of every match: no alert. */
  readonly opening: readonly Snapshot[];
  /** The next poll of the next match. */
  readonly next: () => readonly Snapshot[];
};

const KICKOFF_AHEAD_MS = 36 * 3_600_000;
const POLL_STEP_MS = 2_000;

export function createMoves(options: {
  readonly matches: number;
  readonly startMs: number;
  readonly kickoffMs?: number;
}): Moves {
  const { matches, startMs, kickoffMs = startMs + KICKOFF_AHEAD_MS } = options;
  let count = 0;

  const poll = (match: string, atMs: number, home: number): readonly Snapshot[] =>
    ['draftkings', 'pinnacle'].map((bookmaker, book) =>
      threeWayQuote({
        event: `moving-${startMs}-${match}`,
        home: `Home ${match}`,
        away: `Away ${match}`,
        bookmaker,
        prices: [book === 0 ? home : 2.5, 3.4, 3.3],
        atMs,
        kickoffMs,
      }),
    );

  return {
    opening: Array.from({ length: matches }, (_, match) => poll(`${match}`, startMs, 2.5)).flat(),
    next() {
      const turn = Math.floor(count / matches);
      const match = count % matches;
      count += 1;
      const atMs = startMs + (turn + 1) * POLL_STEP_MS;
      if (turn === 0) return poll(`${match}`, atMs, 2);
      // A price that comes back and falls again is the same alert once more: another match falls instead.
      const name = `${match} of turn ${turn}`;
      return [...poll(name, startMs, 2.5), ...poll(name, atMs, 2)];
    },
  };
}

export type Posted = {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | null;
  readonly answer?: IngestAnswer;
};

/** Posts snapshots; status 0 when the connection broke before an answer. */
export async function post(url: string, lines: readonly Snapshot[], key: string | null): Promise<Posted> {
  try {
    const response = await fetch(`${url}/api/ingest/snapshots`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson', ...(key === null ? {} : { 'Idempotency-Key': key }) },
      body: lines.map((line) => JSON.stringify(line)).join('\n'),
    });
    const text = await response.text();
    const retryAfter = response.headers.get('retry-after');
    if (!response.ok) return { status: response.status, text, retryAfter };
    return { status: response.status, text, retryAfter, answer: ingestAnswerSchema.parse(JSON.parse(text)) };
  } catch {
    return { status: 0, text: '', retryAfter: null };
  }
}

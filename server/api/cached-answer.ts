import type { AnswerCache, CachedAnswer } from './answer-cache.ts';

/** Spellings of queries that are remembered, and the longest one that is. */
const MAX_SPELLINGS = 2_000;
const MAX_SPELLING_CHARACTERS = 500;

/** Whether an `If-None-Match` names this entity tag (RFC 9110, 13.1.2: a weak comparison). */
export function matchesEtag(ifNoneMatch: string, etag: string): boolean {
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag);
}

/** What of a request decides in which form an answer goes out. */
export type Asker = { readonly ifNoneMatch?: string | undefined; readonly acceptEncoding?: string | undefined };

export const askerOf = (header: (name: string) => string | undefined): Asker => ({
  ifNoneMatch: header('if-none-match'),
  acceptEncoding: header('accept-encoding'),
});

/** RFC 9110, 12.5.3; a browser always names gzip itself, so `*` is not looked at. */
const takesGzip = (acceptEncoding: string | undefined): boolean =>
  acceptEncoding !== undefined && /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(acceptEncoding);

/** A strong validator names one form of an answer (RFC 9110, 8.8.3.3). */
const gzipEtag = (etag: string): string => `${etag.slice(0, -1)}-gzip"`;

/** An answer as one asker gets it. */
export type AnswerForm = {
  readonly status: 200 | 304;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer> | null;
};

/** The form for this asker: gzip for who takes it, or 304 for who has the answer in either form. */
export function formOf(answer: CachedAnswer, { ifNoneMatch, acceptEncoding }: Asker): AnswerForm {
  const gzipped = takesGzip(acceptEncoding) ? answer.gzipped() : null;
  const etag = gzipped === null ? answer.etag : gzipEtag(answer.etag);
  const shared = {
    'Cache-Control': 'no-cache',
    ETag: etag,
    Vary: 'Accept-Encoding',
    'X-Content-Type-Options': 'nosniff',
  };
  if (ifNoneMatch !== undefined && (matchesEtag(ifNoneMatch, etag) || matchesEtag(ifNoneMatch, answer.etag)))
    return { status: 304, headers: shared, body: null };
  const typed = { 'Content-Type': 'application/json', ...shared };
  if (gzipped === null) return { status: 200, headers: typed, body: answer.bytes };
  return { status: 200, headers: { 'Content-Encoding': 'gzip', ...typed }, body: gzipped };
}

/** Sends an answer in the form for this asker. */
export function toResponse(answer: CachedAnswer, asker: Asker): Response {
  const { body, ...init } = formOf(answer, asker);
  return new Response(body, init);
}

/** What moves with the clock is answered anew after this long. */
const CLOCK_STEP_MS = 15_000;

/** A moment's part in the key of an answer that changes with the clock alone. */
export const clockStep = (nowMs: number): string => `at ${Math.floor(nowMs / CLOCK_STEP_MS)}`;

/** The same question in one spelling: fields in schema order, values of a list sorted and once. */
export const normalised = (query: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(query, (_key, value: unknown) => (Array.isArray(value) ? [...new Set(value)].toSorted() : value));

/** A question that was understood: what its answer is kept under at the moment, and how it is read. */
export type Question = {
  /** Asked for each time: the key of what moves with the clock moves along. */
  readonly key: () => string;
  readonly read: Parameters<AnswerCache['get']>[1];
};

/**
 * Cached answers by the query string as it was written. What a spelling asks for is found out once, by routing and
 * validation; from then on it costs two look-ups to be given the answer that stands, or to wait with all others for
 * the next one.
 */
export function createCachedAnswers(cache: AnswerCache) {
  const questions = new Map<string, Question>();

  function remember(spelling: string, question: Question): void {
    if (spelling.length > MAX_SPELLING_CHARACTERS) return;
    // Insertion order is the order of use: the first is the one unasked for longest.
    questions.delete(spelling);
    questions.set(spelling, question);
    for (const oldest of questions.keys()) {
      if (questions.size <= MAX_SPELLINGS) return;
      questions.delete(oldest);
    }
  }

  return {
    /** The answer to a spelling that was answered before, at once where it stands; null for an unknown one. */
    known(spelling: string): CachedAnswer | Promise<CachedAnswer> | null {
      const question = questions.get(spelling);
      if (question === undefined) return null;
      remember(spelling, question);
      const key = question.key();
      return cache.peek(key) ?? cache.get(key, question.read);
    },
    /** The answer to a question, read when it must be. Rejects with what its `read` rejects with. */
    async answer(spelling: string, asker: Asker, question: Question): Promise<Response> {
      remember(spelling, question);
      return toResponse(await cache.get(question.key(), question.read), asker);
    },
  };
}

export type CachedAnswers = ReturnType<typeof createCachedAnswers>;

/** Path and query string of a URL, as it was written. */
export function spellingOf(url: string): string {
  const path = url.indexOf('/', url.indexOf('://') + 3);
  return path === -1 ? '/' : url.slice(path);
}

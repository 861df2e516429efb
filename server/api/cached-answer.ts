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

/** Sends an answer, as gzip to who takes it, or 304 to who has either form. */
export function toResponse(answer: CachedAnswer, { ifNoneMatch, acceptEncoding }: Asker): Response {
  const gzipped = takesGzip(acceptEncoding) ? answer.gzipped() : null;
  const etag = gzipped === null ? answer.etag : gzipEtag(answer.etag);
  const shared = {
    'Cache-Control': 'no-cache',
    ETag: etag,
    Vary: 'Accept-Encoding',
    'X-Content-Type-Options': 'nosniff',
  };
  if (ifNoneMatch !== undefined && (matchesEtag(ifNoneMatch, etag) || matchesEtag(ifNoneMatch, answer.etag)))
    return new Response(null, { status: 304, headers: shared });
  if (gzipped === null)
    return new Response(answer.bytes, { headers: { 'Content-Type': 'application/json', ...shared } });
  return new Response(gzipped, {
    headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip', ...shared },
  });
}

/** What moves with the clock is answered anew after this long. */
const CLOCK_STEP_MS = 15_000;

/** A moment's part in the key of an answer that changes with the clock alone. */
export const clockStep = (nowMs: number): string => `at ${Math.floor(nowMs / CLOCK_STEP_MS)}`;

/** The same question in one spelling: fields in schema order, values of a list sorted and once. */
export const normalised = (query: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(query, (_key, value: unknown) => (Array.isArray(value) ? [...new Set(value)].toSorted() : value));

/**
 * Cached answers by the query string as it was written. A known spelling of a standing answer costs two look-ups;
 * everything else goes through validation, after which its spelling is known too.
 */
export function createCachedAnswers(cache: AnswerCache) {
  const keyBySpelling = new Map<string, string>();

  function remember(spelling: string, key: string): void {
    if (spelling.length > MAX_SPELLING_CHARACTERS) return;
    if (keyBySpelling.size >= MAX_SPELLINGS) keyBySpelling.clear();
    keyBySpelling.set(spelling, key);
  }

  return {
    /** The answer to this path and query string if it stands, else null. */
    standing(spelling: string, asker: Asker): Response | null {
      const key = keyBySpelling.get(spelling);
      if (key === undefined) return null;
      const answer = cache.peek(key);
      return answer === null ? null : toResponse(answer, asker);
    },
    /** The answer under `key`, read when it must be. */
    async answer(
      /** Without a `spelling` the same question is looked at anew each time. */
      request: { readonly spelling: string | null; readonly key: string; readonly asker: Asker },
      read: Parameters<AnswerCache['get']>[1],
    ): Promise<Response> {
      if (request.spelling !== null) remember(request.spelling, request.key);
      return toResponse(await cache.get(request.key, read), request.asker);
    },
  };
}

export type CachedAnswers = ReturnType<typeof createCachedAnswers>;

/** Path and query string of a URL, as it was written. */
export function spellingOf(url: string): string {
  const path = url.indexOf('/', url.indexOf('://') + 3);
  return path === -1 ? '/' : url.slice(path);
}

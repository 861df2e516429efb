import type { AnswerCache, CachedAnswer } from './answer-cache.ts';

/** Spellings of queries that are remembered, and the longest one that is. */
const MAX_SPELLINGS = 2_000;
const MAX_SPELLING_CHARACTERS = 500;

/** Whether an `If-None-Match` names this entity tag (RFC 9110, 13.1.2: a weak comparison). */
export function matchesEtag(ifNoneMatch: string, etag: string): boolean {
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag);
}

/** Sends an answer, or 304 to whoever has it. */
export function toResponse({ bytes, etag }: CachedAnswer, ifNoneMatch: string | undefined): Response {
  const shared = { 'Cache-Control': 'no-cache', ETag: etag, 'X-Content-Type-Options': 'nosniff' };
  if (ifNoneMatch !== undefined && matchesEtag(ifNoneMatch, etag))
    return new Response(null, { status: 304, headers: shared });
  return new Response(bytes, { headers: { 'Content-Type': 'application/json', ...shared } });
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
    standing(spelling: string, ifNoneMatch: string | undefined): Response | null {
      const key = keyBySpelling.get(spelling);
      if (key === undefined) return null;
      const answer = cache.peek(key);
      return answer === null ? null : toResponse(answer, ifNoneMatch);
    },
    /** The answer under `key`, read when it must be. */
    async answer(
      /** Without a `spelling` the same question is looked at anew each time. */
      request: { readonly spelling: string | null; readonly key: string; readonly ifNoneMatch: string | undefined },
      read: Parameters<AnswerCache['get']>[1],
    ): Promise<Response> {
      if (request.spelling !== null) remember(request.spelling, request.key);
      return toResponse(await cache.get(request.key, read), request.ifNoneMatch);
    },
  };
}

export type CachedAnswers = ReturnType<typeof createCachedAnswers>;

/** Path and query string of a URL, as it was written. */
export function spellingOf(url: string): string {
  const path = url.indexOf('/', url.indexOf('://') + 3);
  return path === -1 ? '/' : url.slice(path);
}

import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** By this header a proxy proves that it is the one that asks for a login; it must overwrite what came in. */
export const PROXY_HEADER = 'x-linewatch-proxy';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Decides whether a request came by way of the proxy that knows `secret`; without a secret every one did, as then
 * only this machine can ask. Compared as digests: of equal length, and in a time that says nothing of the secret.
 */
export function createProxyGate(secret: string | undefined): (headers: IncomingHttpHeaders) => boolean {
  if (secret === undefined) return () => true;
  const expected = digest(secret);
  return (headers) => {
    const shown = headers[PROXY_HEADER];
    return typeof shown === 'string' && timingSafeEqual(digest(shown), expected);
  };
}

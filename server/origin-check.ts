/** The three headers that tell who asks; as `IncomingMessage.headers` has them. */
export type OriginHeaders = {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly 'sec-fetch-site'?: string | string[] | undefined;
};

export type OriginVerdict = 'ok' | 'forbidden_host' | 'forbidden_origin';
export type OriginCheck = (headers: OriginHeaders) => OriginVerdict;

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];
const WILDCARD_HOSTS = new Set(['0.0.0.0', '::', '[::]', '']);
const OWN_SITES = new Set(['same-origin', 'none']);

const bracketed = (host: string): string => (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);
const hasPort = (host: string): boolean => /:\d+$/.test(host);
const nameOf = (host: string): string => host.replace(/:\d+$/, '');

function hostOfOrigin(origin: string): string | null {
  if (!URL.canParse(origin)) return null;
  const { protocol, host } = new URL(origin);
  return protocol === 'http:' || protocol === 'https:' ? host : null;
}

/**
 * Decides by its headers whether a request was meant for us and comes from our own pages.
 *
 * - `forbidden_host`: the `Host` is none of our names, as in DNS rebinding, where a foreign page reaches a local
 *   server under its own name. Our names are the loopback ones and `host` with our `port`, and `extraHosts`
 *   (`desk.example.com` at any port, `desk.example.com:8443` at that one: what a reverse proxy passes on).
 * - `forbidden_origin`: a browser sent it from a page that is not ours. Concerns writes and socket handshakes
 *   only: a foreign page may send a GET, but without CORS it cannot read the answer.
 *
 * A request without `Host` is not a browser's (in-process calls, HTTP/1.0 probes) and passes; so does one without
 * `Origin` and `Sec-Fetch-Site`, as feeds and scripts send.
 */
export function createOriginCheck(options: {
  readonly host: string;
  readonly port: number;
  readonly extraHosts?: readonly string[];
}): OriginCheck {
  const names = new Set(LOOPBACK_NAMES);
  if (!WILDCARD_HOSTS.has(options.host)) names.add(bracketed(options.host.toLowerCase()));
  const withPort = new Set([...names].map((name) => `${name}:${options.port}`));
  if (options.port === 80) for (const name of names) withPort.add(name);
  const atAnyPort = new Set<string>();
  for (const extra of options.extraHosts ?? []) {
    const host = extra.toLowerCase();
    (hasPort(host) ? withPort : atAnyPort).add(host);
  }
  const isOurs = (host: string): boolean => withPort.has(host) || atAnyPort.has(nameOf(host));

  return (headers) => {
    if (headers.host !== undefined && !isOurs(headers.host.toLowerCase())) return 'forbidden_host';
    if (headers.origin !== undefined) {
      const host = hostOfOrigin(headers.origin);
      if (host === null || !isOurs(host)) return 'forbidden_origin';
    }
    const site = headers['sec-fetch-site'];
    if (site !== undefined && !OWN_SITES.has(String(site))) return 'forbidden_origin';
    return 'ok';
  };
}

/**
 * `raw`: a plain `ws` server and plain clients. `hub`: our hub, the same plain clients speaking its protocol, so
 * that only the servers differ. `library`: our hub and socket.io-client, as in a browser.
 */
export const CONTENDERS = ['raw', 'hub', 'library'] as const;
export type Contender = (typeof CONTENDERS)[number];

export type ToClients = {
  readonly kind: 'open';
  readonly contender: Contender;
  readonly port: number;
  readonly sockets: number;
};

/** Instants are nanoseconds of the machine's monotonic clock, which parent and child share. */
export type FromClients =
  | { readonly kind: 'opened'; readonly contender: Contender }
  | { readonly kind: 'heard'; readonly contender: Contender; readonly lastAtNs: string }
  | { readonly kind: 'failed'; readonly message: string };

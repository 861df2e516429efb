import { HEARTBEAT_MS } from '../../contracts/socket.ts';

/** The bounds of the hub. Every one is reached visibly: a refusal, a `bye`, or a word in `status()`. */
export type HubLimits = {
  /** Connections beyond this are refused at the handshake; the browser tries again by itself. */
  readonly maxSockets: number;
  /** What one browser may send: an answer to our ping every 3 s, and now and then a request. */
  readonly maxMessagesPerSecond: number;
  readonly maxMessageBytes: number;
  /** Unsent bytes at which a socket counts as slow. A whole second of all topics is about a tenth of it. */
  readonly maxBufferedBytes: number;
  /** A socket that has unsent bytes at every look for this long is slow, however few they are. */
  readonly maxStallMs: number;
  /** From the answer to one ping to the next ping. */
  readonly pingIntervalMs: number;
  /** A socket that was sent so much since its last ping is sent one more, but not oftener than this. */
  readonly probeBytes: number;
  readonly probeIntervalMs: number;
  /** A socket that is further behind than this answers no ping within it, and is slow. */
  readonly maxPongMs: number;
  /** How often the sockets are looked at. */
  readonly watchMs: number;
  readonly heartbeatMs: number;
  /** Between two messages of one topic: at most ten a second. */
  readonly announceGapMs: number;
  /**
   * Telling a thousand browsers takes the thread from the writer for some milliseconds: before the next message of
   * that topic it has it for at least so many times as long, but nobody waits longer than the most.
   */
  readonly announceRestFactor: number;
  readonly mostAnnounceGapMs: number;
  /** Between two reads of the counts for newcomers: a thousand that reconnect together share a few reads. */
  readonly helloGapMs: number;
  /** A read of the counts that takes longer has failed, and is tried again after the pause. */
  readonly countsTimeoutMs: number;
  readonly countsRetryMs: number;
  /** From `bye` to the end of a connection that does not close by itself. */
  readonly byeGraceMs: number;
  /** At shutdown each browser is told a moment of its own within this time. */
  readonly drainSpreadMs: number;
};

export const DEFAULT_HUB_LIMITS: HubLimits = {
  maxSockets: 10_000,
  maxMessagesPerSecond: 20,
  maxMessageBytes: 10_000,
  maxBufferedBytes: 256 * 1024,
  maxStallMs: 5_000,
  pingIntervalMs: 3_000,
  probeBytes: 1_024,
  probeIntervalMs: 1_000,
  maxPongMs: 4_000,
  watchMs: 500,
  heartbeatMs: HEARTBEAT_MS,
  announceGapMs: 100,
  announceRestFactor: 50,
  mostAnnounceGapMs: 1_000,
  helloGapMs: 250,
  countsTimeoutMs: 2_000,
  countsRetryMs: 500,
  byeGraceMs: 1_000,
  drainSpreadMs: 3_000,
};

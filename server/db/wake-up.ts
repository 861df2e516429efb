import { Client } from 'pg';
import type { Watermark } from '../../contracts/watermark.ts';
import { WATERMARK_CHANNEL, parseWatermarkPayload } from './watermark-channel.ts';

const POLL_MS = 1_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** A poll that is not answered for so long means a connection that died without a word. */
const POLL_TIMEOUT_MS = 5_000;
const RECONNECT_BASE_MS = 100;
const RECONNECT_MAX_MS = 5_000;

export type WakeUpOptions = {
  readonly url: string;
  /**
   * Hears each watermark that differs from the last one heard, the first included: from NOTIFY within
   * milliseconds, otherwise from the poll. Seq never goes back within an epoch; another epoch means that the
   * database was reset or restored.
   */
  readonly onWatermark: (watermark: Watermark) => void;
  /**
   * Hears with each poll how far the prices have come, changed or not. For prices alone nobody is notified, because
   * a notification takes a lock across all commits.
   */
  readonly onOddsVersion?: (head: { readonly epoch: string; readonly oddsVersion: number }) => void;
  /**
   * Hears with each poll the furthest watermark of earlier ones while the database stands behind it in the same
   * epoch: it was put back to an earlier state under us.
   */
  readonly onWentBack?: (known: Watermark) => void;
  /**
   * Hears when the connection was made again, or the table of the watermark is another one: a dump may have been
   * restored, or a standby promoted, and have gone on from there.
   */
  readonly onMaybeReplaced?: () => void;
  readonly pollMs?: number;
  /** Hears when the connection was lost or made, for the log and for readiness. */
  readonly onConnected?: (connected: boolean, error?: unknown) => void;
};

export type WakeUp = {
  readonly isConnected: () => boolean;
  /** Idempotent; afterwards nothing is heard any more. */
  readonly close: () => Promise<void>;
};

/**
 * Listens for what this and other processes commit, on a connection of its own, and never gives up: the poll
 * finds what a lost notification did not tell, and a lost connection is made again with jittered back-off.
 */
export function createWakeUp(options: WakeUpOptions): WakeUp {
  const pollMs = options.pollMs ?? POLL_MS;
  let closed = false;
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let last: Watermark | undefined;
  let furthest: Watermark | undefined;
  let table: number | undefined;
  let attempt = 0;
  let connected = false;
  let closing: Promise<void> | undefined;

  function tell(watermark: Watermark): void {
    // A notification can overtake the poll that was asked before it: within an epoch only forward.
    if (closed || (last?.epoch === watermark.epoch && watermark.seq <= last.seq)) return;
    last = watermark;
    options.onWatermark(watermark);
  }

  // Of polls alone: each reads what is committed, where anybody could notify of anything.
  function watchForReturn(polled: Watermark): void {
    if (furthest?.epoch !== polled.epoch || polled.seq >= furthest.seq) furthest = polled;
    else if (!closed) options.onWentBack?.(furthest);
  }

  async function connect(): Promise<void> {
    const next = new Client({
      connectionString: options.url,
      application_name: 'linewatch-wake-up',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: POLL_TIMEOUT_MS,
      keepAlive: true,
    });
    next.on('error', (error) => lose(next, error));
    next.on('end', () => lose(next));
    next.on('notification', ({ channel, payload }) => {
      const watermark = channel === WATERMARK_CHANNEL ? parseWatermarkPayload(payload ?? '') : undefined;
      if (watermark !== undefined) tell(watermark);
    });
    client = next;
    try {
      await next.connect();
      // Listen first and read after: what commits in between is then told by one of the two.
      await next.query(`LISTEN ${WATERMARK_CHANNEL}`);
      await poll(next);
      if (client !== next) return;
      attempt = 0;
      connected = true;
      options.onConnected?.(true);
    } catch (error) {
      lose(next, error);
    }
  }

  async function poll(current: Client): Promise<void> {
    const { rows } = await current.query<{ tableoid: number; epoch: string; seq: string; odds_version: string }>(
      'SELECT tableoid, epoch, seq, odds_version FROM watermark WHERE id = 1',
    );
    const row = rows[0];
    if (row !== undefined) {
      if (table !== undefined && (table !== row.tableoid || !connected) && !closed) options.onMaybeReplaced?.();
      table = row.tableoid;
      const watermark = { epoch: row.epoch, seq: Number(row.seq) };
      watchForReturn(watermark);
      tell(watermark);
      if (!closed) options.onOddsVersion?.({ epoch: row.epoch, oddsVersion: Number(row.odds_version) });
    }
    if (client === current && !closed)
      timer = setTimeout(() => void poll(current).catch((error: unknown) => lose(current, error)), pollMs);
  }

  function lose(lost: Client, error?: unknown): void {
    if (client !== lost) return;
    client = undefined;
    clearTimeout(timer);
    void lost.end().catch(() => undefined);
    if (closed) return;
    if (connected) options.onConnected?.(false, error);
    connected = false;
    const longest = Math.min(RECONNECT_MAX_MS, RECONNECT_BASE_MS * 2 ** attempt);
    attempt += 1;
    timer = setTimeout(() => void connect(), Math.random() * longest);
  }

  async function close(): Promise<void> {
    closed = true;
    clearTimeout(timer);
    const current = client;
    client = undefined;
    await current?.end().catch(() => undefined);
  }

  void connect();
  return { isConnected: () => connected, close: () => (closing ??= close()) };
}

import type { Socket } from 'node:net';

/** What a line does to the bytes that pass one way. */
export type Line = {
  /** Every byte arrives this much later. */
  readonly latencyMs: number;
  /** `Infinity` for as fast as the machine. */
  readonly bytesPerSecond: number;
};

export const CLEAN_LINE: Line = { latencyMs: 0, bytesPerSecond: Infinity };

/** Bytes a lane holds before it stops reading, so that the sender feels the line instead of our memory. */
const MAX_HELD_BYTES = 16 * 1024;
/** A slow lane hands its bytes over in steps of this length, as a modem would. */
const STEP_MS = 50;

type Piece = { readonly bytes: Buffer; readonly dueMs: number };

/** One direction of a connection: reads from one socket and writes to the other, as the line allows. */
export type Lane = {
  setLine(line: Line): void;
  /** Nothing passes, and soon nothing is read, until `resume`. The connection stays open. */
  stall(): void;
  resume(): void;
  /** Reads and throws away from now on. */
  drop(): void;
  stop(): void;
  readonly passedBytes: () => number;
};

/** Starts a lane. The end of the reading side passes on when everything before it has passed. */
export function createLane(from: Socket, to: Socket, firstLine: Line): Lane {
  const held: Piece[] = [];
  let line = firstLine;
  let heldBytes = 0;
  let passedBytes = 0;
  let freeAtMs = 0;
  let state: 'open' | 'stalled' | 'dropping' | 'stopped' = 'open';
  let hasEnded = false;
  let isBlocked = false;
  let timer: NodeJS.Timeout | undefined;

  from.on('data', (bytes: Buffer) => {
    if (state === 'dropping' || state === 'stopped') return;
    held.push({ bytes, dueMs: performance.now() + line.latencyMs });
    heldBytes += bytes.length;
    if (heldBytes >= MAX_HELD_BYTES) from.pause();
    pump();
  });
  from.on('end', () => {
    hasEnded = true;
    pump();
  });
  to.on('drain', () => {
    isBlocked = false;
    pump();
  });

  function wake(atMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(pump, Math.max(1, atMs - performance.now()));
  }

  function pump(): void {
    clearTimeout(timer);
    if (state !== 'open') return;
    passWhatIsDue();
    if (heldBytes < MAX_HELD_BYTES) from.resume();
  }

  function passWhatIsDue(): void {
    for (let head = held[0]; head !== undefined && !isBlocked; head = held[0]) {
      const readyMs = Math.max(head.dueMs, freeAtMs);
      if (readyMs > performance.now()) return wake(readyMs);
      pass(head);
    }
    if (held.length === 0 && hasEnded && to.writable) to.end();
  }

  function pass(head: Piece): void {
    const most = Math.max(1, Math.floor((line.bytesPerSecond * STEP_MS) / 1_000));
    const bytes = head.bytes.length > most ? head.bytes.subarray(0, most) : head.bytes;
    if (bytes.length === head.bytes.length) held.shift();
    else held[0] = { bytes: head.bytes.subarray(bytes.length), dueMs: head.dueMs };
    heldBytes -= bytes.length;
    passedBytes += bytes.length;
    if (line.bytesPerSecond !== Infinity) {
      freeAtMs = Math.max(performance.now(), freeAtMs) + (bytes.length / line.bytesPerSecond) * 1_000;
    }
    if (to.writable) isBlocked = !to.write(bytes);
  }

  return {
    setLine(next) {
      line = next;
      freeAtMs = 0;
      pump();
    },
    stall() {
      if (state !== 'open') return;
      state = 'stalled';
      from.pause();
    },
    resume() {
      if (state !== 'stalled') return;
      state = 'open';
      pump();
    },
    drop() {
      state = 'dropping';
      held.length = 0;
      heldBytes = 0;
      from.resume();
    },
    stop() {
      state = 'stopped';
      clearTimeout(timer);
    },
    passedBytes: () => passedBytes,
  };
}

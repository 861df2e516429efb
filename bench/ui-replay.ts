// A thousand browsers as plain sockets: each has one connection that stands before the announcement, and asks for
// one thing after the other over it. Forked by ui-refetches.ts. It shares the machine with the server that it
// measures, so it does no more with an answer than to see its status and to count its bytes to the last.
import { type Socket, connect } from 'node:net';
import { once } from 'node:events';

export type ReplayOrder = { readonly url: string; readonly heads: readonly string[]; readonly browsers: number };
export type ReplayReport = { readonly ms: number; readonly bodies: readonly Uint8Array[] };

const HEAD_END = '\r\n\r\n';
/** One for all: a piece is looked at before the next one is read, from whichever socket. */
const PIECE = Buffer.alloc(256 * 1024);

const [order] = (await once(process, 'message')) as [ReplayOrder];
const { url, heads, browsers } = order;
const { hostname, port, host } = new URL(url);
const requests = heads.map((head) =>
  Buffer.from(`${head.replace(/\r\nhost: [^\r]*/i, '')}\r\nHost: ${host}\r\nConnection: keep-alive\r\n\r\n`),
);

/** The head of an answer: where its body begins in these bytes and how long it is; null while it is not whole. */
function headOf(bytes: Buffer): { readonly bodyAt: number; readonly bodyBytes: number } | null {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd === -1) return null;
  const head = bytes.toString('latin1', 0, headEnd);
  const bodyAt = headEnd + HEAD_END.length;
  if (head.startsWith('HTTP/1.1 304 ')) return { bodyAt, bodyBytes: 0 };
  if (!head.startsWith('HTTP/1.1 200 ')) throw new Error(`expected 200 or 304, got ${head.split('\r\n')[0]}`);
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`expected an answer with its length, got ${head}`);
  return { bodyAt, bodyBytes: Number(length) };
}

/** One browser: `askAll` asks for everything, one after the other, and resolves with the last byte of the last answer. */
function createBrowser(keep: (answer: number, bodyPart: Buffer) => void) {
  let asked = 0;
  let heldHead: Buffer | null = null;
  let leftBytes = 0;
  let isHeadDue = true;
  let done: (() => void) | undefined;
  let failed: ((error: Error) => void) | undefined;
  const socket: Socket = connect({
    host: hostname,
    port: Number(port),
    noDelay: true,
    onread: { buffer: PIECE, callback: (bytes) => take(PIECE.subarray(0, bytes)) },
  });

  socket.on('error', (error) => failed?.(error));

  function take(bytes: Buffer): boolean {
    let body = bytes;
    if (isHeadDue) {
      const all: Buffer = heldHead === null ? bytes : Buffer.concat([heldHead, bytes]);
      const head = headOf(all);
      // The buffer is used again for the next piece.
      if (head === null) heldHead = Buffer.from(all);
      if (head === null) return true;
      heldHead = null;
      isHeadDue = false;
      leftBytes = head.bodyBytes;
      body = all.subarray(head.bodyAt);
    }
    leftBytes -= body.byteLength;
    if (leftBytes < 0) throw new Error('got more than the answer is long');
    keep(asked, body);
    if (leftBytes === 0) next();
    return true;
  }

  function next(): void {
    isHeadDue = true;
    asked += 1;
    const request = requests[asked];
    if (request === undefined) done?.();
    else socket.write(request);
  }

  return {
    connected: () => once(socket, 'connect'),
    askAll: () =>
      new Promise<void>((resolve, reject) => {
        failed = reject;
        asked = -1;
        done = resolve;
        next();
      }),
  };
}

const bodies: Buffer[][] = requests.map(() => []);
const all: ReturnType<typeof createBrowser>[] = [];
for (let index = 0; index < browsers; index += 1) {
  // What one of them was answered is what the reference answers.
  const browser = createBrowser(
    index === 0 ? (answer, part) => void bodies[answer]?.push(Buffer.from(part)) : () => {},
  );
  await browser.connected();
  all.push(browser);
}
process.on('message', () => void replay());
async function replay(): Promise<void> {
  for (const parts of bodies) parts.length = 0;
  const beganMs = performance.now();
  await Promise.all(all.map((browser) => browser.askAll()));
  const ms = performance.now() - beganMs;
  process.send?.({ ms, bodies: bodies.map((parts) => Buffer.concat(parts)) } satisfies ReplayReport);
}
process.send?.('connected');

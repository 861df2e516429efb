// A thousand browsers as plain sockets: each has one connection that stands before the announcement, and asks for
// one thing after the other over it. Forked by ui-refetches.ts.
import { type Socket, connect } from 'node:net';
import { once } from 'node:events';

export type ReplayOrder = { readonly url: string; readonly heads: readonly string[]; readonly browsers: number };
export type ReplayReport = { readonly ms: number; readonly bodies: readonly Uint8Array[] };

const HEAD_END = Buffer.from('\r\n\r\n');

const [order] = (await once(process, 'message')) as [ReplayOrder];
const { url, heads, browsers } = order;
const { hostname, port, host } = new URL(url);
const requests = heads.map((head) =>
  Buffer.from(`${head.replace(/\r\nhost: [^\r]*/i, '')}\r\nHost: ${host}\r\nConnection: keep-alive\r\n\r\n`),
);

/** Where the first answer in these bytes ends and its body begins, or null while it is not whole. */
function answerIn(bytes: Buffer): { readonly bodyAt: number; readonly end: number } | null {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd === -1) return null;
  const head = bytes.toString('latin1', 0, headEnd);
  const bodyAt = headEnd + HEAD_END.length;
  if (!/^HTTP\/1\.1 (200|304) /.test(head)) throw new Error(`expected 200 or 304, got ${head.split('\r\n')[0]}`);
  if (head.startsWith('HTTP/1.1 304')) return { bodyAt, end: bodyAt };
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined)
    return bytes.length >= bodyAt + Number(length) ? { bodyAt, end: bodyAt + Number(length) } : null;
  const last = bytes.indexOf('\r\n0\r\n\r\n', bodyAt - 2);
  return last === -1 ? null : { bodyAt, end: last + 7 };
}

/** Asks for everything, one after the other; resolves with the bodies. */
function askAll(socket: Socket): Promise<Uint8Array[]> {
  return new Promise((resolve, reject) => {
    const bodies: Uint8Array[] = [];
    let pieces: Buffer[] = [];
    function take(piece: Buffer): void {
      pieces.push(piece);
      const bytes = pieces.length === 1 ? piece : Buffer.concat(pieces);
      const answer = answerIn(bytes);
      if (answer === null) return;
      bodies.push(bytes.subarray(answer.bodyAt, answer.end));
      pieces = [];
      const next = requests[bodies.length];
      if (next !== undefined) return void socket.write(next);
      socket.off('data', take);
      socket.off('error', reject);
      resolve(bodies);
    }
    socket.on('data', take);
    socket.once('error', reject);
    socket.write(requests[0] ?? '');
  });
}

const sockets: Socket[] = [];
for (let browser = 0; browser < browsers; browser += 1) {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, 'connect');
  sockets.push(socket);
}
process.on('message', () => void replay());
async function replay(): Promise<void> {
  const beganMs = performance.now();
  const [first = []] = await Promise.all(sockets.map(askAll));
  process.send?.({ ms: performance.now() - beganMs, bodies: first } satisfies ReplayReport);
}
process.send?.('connected');

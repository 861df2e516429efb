// The wire of the tab of desk-model.ts: its socket and its requests, to whichever node the balancer gives it, over a
// line that is good, cut or silent. Uses the room hooks.
import type { DeskSocket, DeskSocketHandlers } from '../../hooks/desk-link.ts';
import { type DeskNode, type Ear, type Frame, RETRY_MS, type Weather, sleep } from './model-node.ts';

const REQUEST_TIMEOUT_MS = 10_000;
/** After this long without a word of the server a tab gives its connection up. */
const SILENCE_MS = 9_000;

export function createLine(options: {
  readonly weather: () => Weather;
  /** The node that takes the next connection or request; undefined while none is up. */
  readonly balance: () => DeskNode | undefined;
}) {
  const { weather, balance } = options;
  /** Whether the tab's packets arrive: all, none and it is said, none and it is not said. */
  let line: 'good' | 'cut' | 'silent' = 'good';
  /** Connections of before the last cut or silence are gone for good. */
  let generation = 0;
  const { socket, loseConnection } = playSocket();

  function playSocket() {
    let handlers: DeskSocketHandlers | undefined;
    let node: DeskNode | undefined;
    let ear: Ear | undefined;
    let retry: NodeJS.Timeout | undefined;
    let lastArrivalMs = 0;

    function tryAgain(ms: number): void {
      clearTimeout(retry);
      retry = setTimeout(connect, ms);
    }

    function connect(): void {
      const begun = generation;
      clearTimeout(retry);
      retry = setTimeout(() => {
        const next = line === 'good' && begun === generation ? balance() : undefined;
        if (next === undefined) {
          handlers?.failed();
          tryAgain(RETRY_MS);
          return;
        }
        node = next;
        ear = makeEar(generation);
        next.join(ear);
      }, 2 * weather().wireMs);
    }

    function makeEar(madeIn: number): Ear {
      const own: Ear = {
        say(word) {
          // In order, as TCP has it, also when the wire gets faster.
          const arrivalMs = Math.max(lastArrivalMs, Date.now() + weather().wireMs);
          lastArrivalMs = arrivalMs;
          setTimeout(() => {
            if (ear === own && madeIn === generation && handlers !== undefined) word(handlers);
          }, arrivalMs - Date.now());
        },
        lose: () => {
          if (ear === own) lose();
        },
      };
      return own;
    }

    function lose(): void {
      if (ear !== undefined) node?.leave(ear);
      ear = undefined;
      node = undefined;
      handlers?.disconnected();
      tryAgain(RETRY_MS);
    }

    const played: DeskSocket = {
      open(given) {
        handlers = given;
        connect();
        return () => {
          clearTimeout(retry);
          if (ear !== undefined) node?.leave(ear);
          ear = undefined;
          handlers = undefined;
        };
      },
      isConnected: () => ear !== undefined,
      async sync() {
        const begun = generation;
        const asked = node;
        await sleep(weather().wireMs);
        if (asked === undefined || line !== 'good') throw await sleep(3_000).then(() => new Error('no answer in time'));
        const { watermark, counts } = await asked.sync();
        await sleep(weather().wireMs);
        if (begun !== generation || asked !== node) throw new Error('the connection broke');
        return { ok: true, behind: false, hello: { ...watermark, counts, topics: ['risk_alerts'] } };
      },
      reconnect() {
        if (ear !== undefined) node?.leave(ear);
        ear = undefined;
        node = undefined;
        handlers?.disconnected();
        connect();
      },
    };
    return { socket: played, loseConnection: lose };
  }

  async function fetchFrame(signal: AbortSignal): Promise<Frame> {
    const begun = generation;
    const overdue = Promise.withResolvers<never>();
    const timer = setTimeout(() => overdue.reject(new Error('timeout')), REQUEST_TIMEOUT_MS);
    signal.addEventListener('abort', () => overdue.reject(new Error('aborted')));
    const broke = async (): Promise<void> => {
      if (begun === generation && line === 'good') return;
      // On a cut line the other end's reset arrives; on a silent one nothing ever does.
      if (line === 'silent') await overdue.promise;
      throw new Error('the connection broke');
    };
    async function answer(): Promise<Frame> {
      await sleep(weather().wireMs);
      await broke();
      const node = balance();
      if (node === undefined) throw new Error('nobody answers');
      const read = await node.frame();
      await sleep(weather().wireMs);
      await broke();
      return read;
    }
    try {
      return await Promise.race([answer(), overdue.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    socket,
    fetchFrame,
    isGood: (): boolean => line === 'good',
    cut(): void {
      line = 'cut';
      generation += 1;
      if (socket.isConnected()) loseConnection();
    },
    /** Does nothing on a line that is not good. */
    silence(): void {
      if (line !== 'good') return;
      line = 'silent';
      generation += 1;
      const silenced = generation;
      setTimeout(() => {
        if (silenced === generation && socket.isConnected()) loseConnection();
      }, SILENCE_MS);
    },
    heal(): void {
      // What was in flight on a silent line stays lost: its connections are dead, whatever the line does now.
      if (line === 'silent' && socket.isConnected()) loseConnection();
      line = 'good';
    },
  };
}

// The long runs of what the network does, each with its goals. `npm run soak -- --only jitter` and so on.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { crossAcknowledge, runNodeDeath } from './cross-node.ts';
import { runJitter } from './jitter.ts';
import { checkPassage, hasNginx, startNginx } from './nginx.ts';
import { startNodePair } from './node-pair.ts';
import { runQuiet } from './quiet-half-hour.ts';
import { runRestartStorm } from './restart-storm.ts';
import { runSlowConsumer } from './slow-consumer.ts';

const VITEST = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const MODEL_RUNS = 10_000;
const MEGABYTE = 1024 * 1024;

/**
 * What others publish of the same: 10,000 clients, TCP connections cut every 15 s or so, two messages a second, on
 * 32 virtual CPUs. https://github.com/anycable/nodejs-websocket-bench, README, "Headline results".
 */
const PUBLISHED = {
  'Socket.IO, as it comes': { deliveredPercent: 84.55 },
  'Socket.IO with connection state recovery': { deliveredPercent: 100, replayP99Ms: 4_580, replayMaxMs: 9_710 },
  'Socket.IO, 5,000 clients after a deploy': { reconnectedP95Ms: 5_992, neverBackPercent: 3.8 },
} as const;

const JITTER = { tabs: 1_000, durationMs: 120_000, cutEveryMs: 15_000, commitEveryMs: 1_000 };

/** Each throws with what did not reach its goal, its figures in the message; answers them otherwise. */
export const NETWORK_SOAKS = {
  async jitter() {
    const figures = await runJitter({ ...JITTER, silentShare: 0 });
    const { deliveredPercent, levelAfterReconnectMs } = figures;
    return judge({ figures, published: PUBLISHED }, [
      ['delivered, percent', -deliveredPercent, -100],
      ['level after reconnect, p99 ms', levelAfterReconnectMs.p99, 3_000],
      ['level after reconnect, max ms', levelAfterReconnectMs.max, 6_000],
    ]);
  },

  async 'silent-lines'() {
    const figures = await runJitter({ ...JITTER, tabs: 300, silentShare: 0.3 });
    return judge({ figures }, [
      ['delivered, percent', -figures.deliveredPercent, -100],
      ['level after reconnect, max ms', figures.levelAfterReconnectMs.max, 6_000],
    ]);
  },

  'restart-stop': () => restart('stop'),
  'restart-kill': () => restart('kill'),

  async 'quiet-half-hour'() {
    const figures = await runQuiet({ minutes: 30 });
    return judge({ figures }, [
      ['connections lost', figures.losses, 0],
      ['requests', figures.requests, 0],
      ['level after the click, max ms', figures.levelMs.max, 2_000],
    ]);
  },

  async 'slow-consumer'() {
    const figures = await runSlowConsumer({ slowConsumers: 10 });
    return judge({ figures }, [
      ['cut after, max ms', figures.cutAfterMs.max, 10_000],
      ['held for one, bytes', figures.bufferedBytes, 2 * MEGABYTE],
      ['heap for all, bytes', figures.heapGrowthBytes, 10 * 2 * MEGABYTE],
      ['from announcement to others, max ms', figures.othersMs.max, 100],
    ]);
  },

  async 'two-nodes'() {
    const pair = await startNodePair();
    try {
      const acknowledgements = await crossAcknowledge(pair, { rounds: 500 });
      const death = await runNodeDeath(pair, { tabs: 200 });
      return judge({ acknowledgements, death }, [
        ['acknowledgement to the other node, p99 ms', acknowledgements.heardMs.p99, 100],
        ['level after the death of a node, max ms', death.levelAfterDeathMs.max, 6_000],
      ]);
    } finally {
      await pair.dispose();
    }
  },

  async nginx() {
    if (!hasNginx()) throw new Error('nginx is not here and cannot be installed');
    const pair = await startNodePair();
    try {
      const balancer = await startNginx(pair);
      await checkPassage(balancer).finally(balancer.close);
      const death = await runNodeDeath(pair, { tabs: 200, startBalancer: startNginx });
      return judge({ death }, [['level after the death of a node, max ms', death.levelAfterDeathMs.max, 6_000]]);
    } finally {
      await pair.dispose();
    }
  },

  async interleavings() {
    const environment = { ...process.env, LINEWATCH_MODEL_RUNS: String(MODEL_RUNS) };
    const command = [VITEST, 'run', 'e2e/faults/interleavings.test.ts'];
    const vitest = spawn(process.execPath, command, { env: environment, stdio: 'inherit' });
    const [code] = (await once(vitest, 'exit')) as [number | null];
    if (code !== 0) throw new Error('an interleaving left a tab behind');
    return { runs: MODEL_RUNS };
  },
} satisfies Readonly<Record<string, () => Promise<unknown>>>;

async function restart(manner: 'stop' | 'kill') {
  const figures = await runRestartStorm({ tabs: 2_000, manner });
  return judge({ figures, published: PUBLISHED }, [
    ['connected again after ready, p95 ms', figures.connectedMs.p95, 4_500],
    ['database queries', figures.queries, 50],
  ]);
}

type Goal = readonly [what: string, measured: number, atMost: number];

function judge<Figures extends object>(figures: Figures, goals: readonly Goal[]): Figures {
  const missed = goals.filter(([, measured, atMost]) => !(measured <= atMost));
  if (missed.length === 0) return figures;
  const words = missed.map(([what, measured, atMost]) => `${what}: ${Math.abs(measured)}, goal ${Math.abs(atMost)}`);
  throw new Error(`${words.join('; ')}\n${JSON.stringify(figures, null, 2)}`);
}

import { setTimeout as delay } from 'node:timers/promises';
import type { DeskServer } from '../desk-server.ts';
import { raiseAlerts } from '../moves.ts';
import { listAlerts, setAcknowledged } from './desk-calls.ts';
import type { DeskTab } from './desk-tab.ts';
import { openTabs } from './open-tabs.ts';
import { type NodePair, endpointOf } from './node-pair.ts';
import { type Spread, spread } from './spread.ts';
import { startTcpProxy } from './tcp-proxy.ts';
import { listenTo } from './topic-listener.ts';

/** Longer than the hub's gap between two messages: a trader's pace, not a machine's. */
const PAUSE_MS = 150;
const HEARD_WITHIN_MS = 5_000;
/** Guarantee G3. */
const LEVEL_WITHIN_MS = 6_000;
const LEAVING_WITHIN_MS = 12_000;
/** Only what is before the measuring: hundreds of tabs are opened from one process. */
const OPENING_WITHIN_MS = 60_000;

/** Makes one alert in a match of its own; resolves with its id. */
export async function makeAlert(desk: DeskServer, name: string): Promise<number> {
  const match = { home: name, away: 'Visitors' };
  await raiseAlerts(desk, match);
  const { alerts } = await listAlerts(desk.url);
  const alert = alerts.find((candidate) => candidate.event.home === name);
  if (alert === undefined) throw new Error(`expected an alert of ${name}, got none`);
  return alert.id;
}

/**
 * Acknowledges an alert and takes it back in turn on one node, and listens on the other. Milliseconds from the
 * click, which is the sending of the request, until the other node's browser hears.
 */
export async function crossAcknowledge(
  pair: NodePair,
  options: { readonly rounds: number },
): Promise<{ readonly rounds: number; readonly heardMs: Spread }> {
  const id = await makeAlert(pair.nodes[0], `Crossing ${Date.now()}`);
  const listeners = await Promise.all(pair.nodes.map((node) => listenTo(node.url)));
  const heardMs: number[] = [];
  try {
    for (let round = 0; round < options.rounds; round += 1) {
      const [from, to] = round % 2 === 0 ? [0, 1] : [1, 0];
      const clickedMs = performance.now();
      const { seq } = await setAcknowledged(pair.nodes[from]?.url ?? '', id, round % 2 === 0);
      const heard = await listeners[to]?.alert((data) => data.seq >= seq, HEARD_WITHIN_MS);
      heardMs.push((heard?.atMs ?? Number.NaN) - clickedMs);
      await delay(PAUSE_MS);
    }
  } finally {
    for (const listener of listeners) listener.close();
  }
  return { rounds: options.rounds, heardMs: spread(heardMs) };
}

export type NodeDeathFigures = {
  readonly tabs: number;
  /** From the kill to a screen that shows what was committed on the other node right after. */
  readonly levelAfterDeathMs: Spread;
  /** The same when the other node is stopped in order and the first one is there again. */
  readonly levelAfterReplacementMs: Spread;
};

/** Whatever stands before the nodes and is asked by browsers. */
export type Balancer = { readonly url: string; readonly close: () => Promise<void> };

const passOn = ({ nodes }: NodePair): Promise<Balancer> => startTcpProxy({ targets: nodes.map(endpointOf) });

/** Kills the first node under its browsers, brings it back, and stops the second in order. Throws when one is not level. */
export async function runNodeDeath(
  pair: NodePair,
  options: { readonly tabs: number; readonly startBalancer?: (pair: NodePair) => Promise<Balancer> },
): Promise<NodeDeathFigures> {
  const [first, second] = pair.nodes;
  const balancer = await (options.startBalancer ?? passOn)(pair);
  const tabs: DeskTab[] = [];
  try {
    const id = await makeAlert(second, `Node death ${Date.now()}`);
    tabs.push(...(await openTabs(balancer.url, options.tabs, { shows: 'list' })));
    await levelAll(second, tabs, OPENING_WITHIN_MS);

    const killedMs = performance.now();
    await first.kill();
    await setAcknowledged(second.url, id, true);
    const levelAfterDeathMs = (await levelAll(second, tabs, LEVEL_WITHIN_MS)).map((atMs) => atMs - killedMs);

    await first.restart();
    const stoppedMs = performance.now();
    await second.stop();
    await setAcknowledged(first.url, id, false);
    const levelAtMs = await levelAll(first, tabs, LEAVING_WITHIN_MS);
    return {
      tabs: options.tabs,
      levelAfterDeathMs: spread(levelAfterDeathMs),
      levelAfterReplacementMs: spread(levelAtMs.map((atMs) => atMs - stoppedMs)),
    };
  } finally {
    for (const tab of tabs) tab.close();
    await balancer.close();
  }
}

async function levelAll(desk: DeskServer, tabs: readonly DeskTab[], withinMs: number): Promise<readonly number[]> {
  const { epoch, seq } = await listAlerts(desk.url);
  return Promise.all(tabs.map((tab) => tab.levelWith({ epoch, seq }, withinMs)));
}

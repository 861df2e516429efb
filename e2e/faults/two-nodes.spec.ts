import { expect, test } from 'playwright/test';
import type { Alert } from '../../contracts/alert.ts';
import type { Snapshot } from '../../contracts/snapshot.ts';
import { type DeskServer, startDesk } from '../desk-server.ts';
import { type Match, openingPrices, ownSteamMove } from '../moves.ts';
import { crossAcknowledge, runNodeDeath } from './cross-node.ts';
import { allChanges, findEvent, listAlerts, readSettings, saveSettings } from './desk-calls.ts';
import { type NodePair, startNodePair } from './node-pair.ts';
import { type TopicListener, listenTo } from './topic-listener.ts';

let pair: NodePair;
const listeners: TopicListener[] = [];
test.beforeAll(async () => {
  pair = await startNodePair();
});
test.afterEach(() => {
  for (const listener of listeners.splice(0)) listener.close();
});
test.afterAll(() => pair.dispose());

async function listenToBoth(): Promise<readonly [TopicListener, TopicListener]> {
  const [first, second] = pair.nodes;
  const both = await Promise.all([listenTo(first.url), listenTo(second.url)]);
  listeners.push(...both);
  return both;
}

const matches = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ home: `${name} ${index}`, away: `Visitors ${index}` }));

/** What an alert says, without the numbers that the database gave it. */
const told = ({ event, bookmaker, market, line, outcome, type, severity, changePercent }: Alert): string =>
  JSON.stringify([event.home, bookmaker, market, line, outcome, type, severity, changePercent]);

test('[NOD1] what two nodes take in turns gives the alerts of one, in one order of seq on both, and both tell of all', async () => {
  const [first, second] = pair.nodes;
  const heardBy = await listenToBoth();
  const nowMs = Date.now();
  const all = matches('Turns', 12);
  const bodies: (readonly Snapshot[])[] = all.flatMap((match) => [
    openingPrices(match, nowMs),
    ownSteamMove(match, nowMs),
  ]);
  const openings = bodies.filter((_, index) => index % 2 === 0);
  const falls = bodies.filter((_, index) => index % 2 === 1);
  // Each match is opened on one node and moves on the other.
  await Promise.all(openings.map((body, index) => (index % 2 === 0 ? first : second).ingest(body)));
  const answers = await Promise.all(falls.map((body, index) => (index % 2 === 0 ? second : first).ingest(body)));

  const alone = await startDesk();
  try {
    for (const body of [...openings, ...falls]) await alone.ingest(body);
    const expected = (await listAlerts(alone.url)).alerts.map(told).toSorted();
    expect((await listAlerts(first.url)).alerts.map(told).toSorted()).toEqual(expected);
    expect(expected.length).toBeGreaterThanOrEqual(all.length);
  } finally {
    await alone.dispose();
  }

  const lastSeq = Math.max(...answers.map((answer) => answer.seq));
  const changes = await Promise.all([allChanges(first.url), allChanges(second.url)]);
  expect(changes[0]).toEqual(changes[1]);
  const seqs = changes[0].map((alert) => alert.seq);
  expect(seqs).toEqual(seqs.toSorted((one, other) => one - other));
  for (const heard of heardBy) {
    await heard.alert(({ seq }) => seq >= lastSeq, 3_000);
    await expect.poll(() => new Set(heard.alerts.flatMap((data) => data.event_ids)).size).toBe(all.length);
  }
});

test('[NOD2] an acknowledgement on one node is heard by the browsers of the other within a tenth of a second', async () => {
  const figures = await crossAcknowledge(pair, { rounds: 30 });
  console.log(`acknowledgements across nodes: ${JSON.stringify(figures)}`);
  expect(figures.heardMs.median).toBeLessThanOrEqual(100);
});

test('[NOD3] settings saved on one node are what the other detects by, and what its browsers are told of', async () => {
  const [first, second] = pair.nodes;
  const [, heardBySecond] = await listenToBoth();
  const before = await readSettings(second.url);
  const deaf = { warning: 90, elevated: 95, critical: 99 };
  const saved = await saveSettings(first.url, { ...before.settings, priceChangePercent: deaf });
  await heardBySecond.alert(({ seq }) => seq >= saved.seq, 2_000);
  // Known to the other node a moment after its browsers are; from then on it holds for every batch.
  const alertsOf = async (node: DeskServer, match: Match): Promise<number> => {
    await node.ingest(openingPrices(match, Date.now()));
    return (await node.ingest(ownSteamMove(match, Date.now()))).alerts;
  };
  let tries = 0;
  const nextOn = (node: DeskServer) => alertsOf(node, { home: `Try ${(tries += 1)}`, away: 'Visitors' });
  await expect.poll(() => nextOn(second)).toBe(0);
  for (const match of matches('Still deaf', 2)) expect(await alertsOf(second, match)).toBe(0);
  const restored = await saveSettings(second.url, before.settings);
  await expect.poll(async () => (await readSettings(first.url)).seq).toBeGreaterThanOrEqual(restored.seq);
  // The tests that follow need both to hear again.
  for (const node of pair.nodes) await expect.poll(() => nextOn(node)).toBeGreaterThan(0);
});

test('[NOD4] prices that one node stores are told to the browsers of the other within two seconds, alert or none', async () => {
  const [first] = pair.nodes;
  const [, heardBySecond] = await listenToBoth();
  const [match] = matches('Prices', 1);
  if (match === undefined) throw new Error('expected a match');
  const answer = await first.ingest(openingPrices(match, Date.now()));
  expect(answer.alerts).toBe(0);
  const eventId = await findEvent(first.url, match.home);
  const message = await heardBySecond.oddsUpdate(({ event_ids: ids }) => ids.some((id) => id === eventId), 2_500);
  expect(message.bookmakers.toSorted()).toEqual(['betmgm', 'draftkings', 'pinnacle']);
});

test('[NOD5] a kickoff is announced once on each node, and the alert is past on both', async () => {
  const [first, second] = pair.nodes;
  const heardBy = await listenToBoth();
  const [match] = matches('Kickoff', 1);
  if (match === undefined) throw new Error('expected a match');
  const soonMs = Date.now() + 4_000;
  const soon = (lines: readonly Snapshot[]): Snapshot[] =>
    lines.map((line) => ({ ...line, kickoff: new Date(soonMs).toISOString() }));
  await first.ingest(soon(openingPrices(match, Date.now())));
  const { seq } = await first.ingest(soon(ownSteamMove(match, Date.now())));
  const passed = await Promise.all(heardBy.map((heard) => heard.alert((data) => data.seq > seq, 8_000)));
  expect(passed[0]?.seq).toBe(passed[1]?.seq);
  // Longer than both nodes look for kickoffs, and than their poll.
  await new Promise((resolve) => setTimeout(resolve, 1_600));
  for (const heard of heardBy) expect(heard.alerts.filter((data) => data.seq > seq)).toHaveLength(1);
  const lists = await Promise.all([first, second].map((node) => listAlerts(node.url)));
  for (const { alerts } of lists) {
    expect(alerts.find((alert) => alert.event.home === match.home)?.status).toBe('past');
  }
});

// The last of the file: it leaves one node dead.
test('[NOD6] when a node is killed its browsers are level through the other within six seconds, and so when that one is replaced', async () => {
  const figures = await runNodeDeath(pair, { tabs: 20 });
  console.log(`death of a node: ${JSON.stringify(figures)}`);
  expect(figures.levelAfterReplacementMs.max).toBeLessThanOrEqual(8_000);
});

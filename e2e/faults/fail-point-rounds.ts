import { setTimeout as delay } from 'node:timers/promises';
import { type DeskServer, startDesk } from '../desk-server.ts';
import { type Moves, createMoves, post } from './one-move.ts';
import { postgresUrl } from './own-postgres.ts';
import { spread, type Spread } from './spread.ts';
import { readStoredDesk } from './stored-state.ts';
import { type WatchingClient, watchDesk } from './watching-client.ts';

/** Guarantee G3. */
export const LEVEL_WITHIN_MS = 6_000;

const CLIENTS = 3;

const FAIL_POINTS_ON = { LINEWATCH_FAIL_POINTS: 'parent' };

type Room = { readonly desk: DeskServer; readonly clients: readonly WatchingClient[]; readonly moves: Moves };

async function withDesk<Result>(rounds: number, work: (room: Room) => Promise<Result>): Promise<Result> {
  const desk = await startDesk(FAIL_POINTS_ON);
  const clients: WatchingClient[] = [];
  try {
    const moves = createMoves({ matches: rounds, startMs: Date.now() - 3_600_000 });
    await desk.ingest(moves.opening);
    for (let client = 0; client < CLIENTS; client += 1) clients.push(await watchDesk(desk.url));
    return await work({ desk, clients, moves });
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nIts log:\n${desk.log()}`, {
      cause: error,
    });
  } finally {
    await Promise.all(clients.map((client) => client.close()));
    await desk.dispose();
  }
}

export type RoundFigures = { readonly rounds: number; readonly notifications: number; readonly levelMs: Spread };

/**
 * G2: a transaction that fails before its COMMIT, after everything was written, is heard of by nobody; repeated,
 * its alert is found, stored and told once. Throws at the first phantom and the first alert that is lost.
 */
export async function runPhantomRounds(options: { readonly rounds: number }): Promise<RoundFigures> {
  return withDesk(options.rounds, async ({ desk, clients, moves }) => {
    const points = ['before_alerts', 'after_alerts', 'before_commit'] as const;
    const levelMs: number[] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      const failPoint = points[round % points.length] ?? 'before_commit';
      const action = round % 2 === 0 ? 'throw' : 'break';
      const lines = moves.next();
      const key = round % 3 === 0 ? null : `phantom-${round}`;
      await desk.arm({ failPoint, action });
      const first = await post(desk.url, lines, key);
      expectStatus(first.status, action === 'throw' ? 500 : 200, `${action} ${failPoint}`);
      // A broken connection is tried again by the queue; a hopeless failure by the producer.
      const { answer } = action === 'throw' ? await post(desk.url, lines, key) : first;
      if (answer?.alerts !== 1) throw new Error(`round ${round}: expected 1 alert, got ${answer?.alerts}`);
      levelMs.push(...(await Promise.all(clients.map((client) => client.levelWith(answer.seq, LEVEL_WITHIN_MS)))));
    }
    await checkTold(clients, options.rounds);
    return { rounds: options.rounds, notifications: clients[0]?.heard.length ?? 0, levelMs: spread(levelMs) };
  });
}

/**
 * G3 within one life: the answer of COMMIT is lost, or the announcement fails; the desk hears of its own commit
 * from the database and tells it once. Throws when a browser is not level in time.
 */
export async function runSilenceRounds(options: { readonly rounds: number }): Promise<RoundFigures> {
  return withDesk(options.rounds, async ({ desk, clients, moves }) => {
    const orders = [
      { failPoint: 'after_commit', action: 'break' },
      { failPoint: 'before_emit', action: 'throw' },
      { failPoint: 'after_emit', action: 'throw' },
    ] as const;
    const levelMs: number[] = [];
    for (let round = 0; round < options.rounds; round += 1) {
      const order = orders[round % orders.length] ?? orders[0];
      await desk.arm(order);
      const { status, answer } = await post(desk.url, moves.next(), `silence-${round}`);
      expectStatus(status, 200, order.failPoint);
      if (answer?.alerts !== 1) throw new Error(`round ${round}: expected 1 alert, got ${answer?.alerts}`);
      levelMs.push(...(await Promise.all(clients.map((client) => client.levelWith(answer.seq, LEVEL_WITHIN_MS)))));
    }
    await checkTold(clients, options.rounds);
    return { rounds: options.rounds, notifications: clients[0]?.heard.length ?? 0, levelMs: spread(levelMs) };
  });
}

const toldTo = (client: WatchingClient): number => client.heard.reduce((sum, message) => sum + message.alert_count, 0);

/** Every alert was told once: no more than there are, and none of them unheard. */
async function checkTold(clients: readonly WatchingClient[], alerts: number): Promise<void> {
  for (const client of clients) {
    // A heartbeat may have brought it level before the last message, which is still to come.
    const untilMs = performance.now() + LEVEL_WITHIN_MS;
    while (toldTo(client) < alerts && performance.now() < untilMs) await delay(5);
    await client.settled();
    if (client.phantoms.length > 0) throw new Error(client.phantoms.join('\n'));
    const told = toldTo(client);
    if (told !== alerts) throw new Error(`expected ${alerts} alerts to be told, got ${told}`);
    if (client.view().alerts !== alerts)
      throw new Error(`expected ${alerts} alerts to be shown, got ${client.view().alerts}`);
  }
}

export type DeathFigures = {
  readonly rounds: number;
  /** From the death of the writer until the browsers of the other node are level. */
  readonly otherNodeMs: Spread;
  /** From the death until its own browsers, which must find the restarted desk first, are level. */
  readonly ownMs: Spread;
};

/**
 * G3 over a death: the writer kills itself around COMMIT and around its announcement. Browsers of another node
 * and its own, once it is back, are level without a new alert, and the repeated body has no second effect.
 */
export async function runWriterDeaths(options: { readonly rounds: number }): Promise<DeathFigures> {
  return withDesk(options.rounds, async ({ desk, clients, moves }) => {
    const other = await startDesk({ DATABASE_URL: await postgresUrl(desk.dataDir) });
    const guest = await watchDesk(other.url);
    const points = ['before_commit', 'after_commit', 'before_emit', 'after_emit'] as const;
    const otherNodeMs: number[] = [];
    const ownMs: number[] = [];
    try {
      let alerts = 0;
      for (let round = 0; round < options.rounds; round += 1) {
        const failPoint = points[round % points.length] ?? 'before_emit';
        const lines = moves.next();
        await desk.arm({ failPoint, action: 'kill' });
        const posting = post(desk.url, lines, `death-${round}`);
        await desk.ended();
        const diedMs = performance.now();
        await posting;
        const stored = await readStoredDesk(await postgresUrl(desk.dataDir));
        const committed = failPoint === 'before_commit' ? 0 : 1;
        if (stored.alerts.length !== alerts + committed)
          throw new Error(`${failPoint}: expected ${alerts + committed} alerts, got ${stored.alerts.length}`);
        await guest.levelWith(stored.watermark.seq, LEVEL_WITHIN_MS);
        otherNodeMs.push(performance.now() - diedMs);

        await desk.restart();
        await Promise.all(clients.map((client) => client.levelWith(stored.watermark.seq, LEVEL_WITHIN_MS)));
        ownMs.push(performance.now() - diedMs);
        const { answer } = await post(desk.url, lines, `death-${round}`);
        alerts += 1;
        if (answer?.alerts !== 1)
          throw new Error(
            `${failPoint}: expected the repeated body to be answered with its alert, got ${answer?.alerts}`,
          );
        await Promise.all([...clients, guest].map((client) => client.levelWith(answer.seq, LEVEL_WITHIN_MS)));
        for (const client of [...clients, guest]) {
          if (client.view().alerts !== alerts)
            throw new Error(`expected ${alerts} alerts to be shown, got ${client.view().alerts}`);
          if (client.phantoms.length > 0) throw new Error(client.phantoms.join('\n'));
        }
      }
      return { rounds: options.rounds, otherNodeMs: spread(otherNodeMs), ownMs: spread(ownMs) };
    } finally {
      await guest.close();
      await other.dispose();
    }
  });
}

function expectStatus(got: number, expected: number, where: string): void {
  if (got !== expected) throw new Error(`${where}: expected ${expected}, got ${got}`);
}

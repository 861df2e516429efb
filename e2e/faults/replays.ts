import type { Snapshot } from '../../contracts/snapshot.ts';
import { startDesk } from '../desk-server.ts';
import { createMoves, post } from './one-move.ts';
import { postgresUrl } from './own-postgres.ts';
import { type StoredDesk, readStoredDesk } from './stored-state.ts';
import { type WatchingClient, watchDesk } from './watching-client.ts';

const TIMES = 10;
const SENDERS = 12;
/** Of the requests, that many are cut off by the client, some before and some after the server has read them. */
const CUT_SHARE = 0.25;
const CUT_WITHIN_MS = 15;

export type ReplayFigures = {
  readonly bodies: number;
  readonly requests: number;
  readonly cut: number;
  readonly rows: number;
  readonly alerts: number;
  readonly told: number;
};

type Body = { readonly key: string; readonly lines: readonly Snapshot[] };

/**
 * Sends every body ten times in any order, many at a time and some cut off half-way; then, after SIGKILL and a
 * restart, and through another node, ten times more. Each adds its rows, its alert and its notification once, and
 * every answer to one key is the same bytes.
 */
export async function runReplays(options: {
  readonly bodies: number;
  readonly random?: () => number;
}): Promise<ReplayFigures> {
  const { random = Math.random } = options;
  const desk = await startDesk();
  const moves = createMoves({ matches: options.bodies, startMs: Date.now() - 3_600_000 });
  const bodies = Array.from({ length: options.bodies }, (_, index): Body => ({
    key: `replay-${index}`,
    lines: moves.next(),
  }));
  const answers = new Map<string, string>();
  let requests = 0;
  let cut = 0;

  async function send(url: string, { key, lines }: Body): Promise<void> {
    requests += 1;
    if (random() < CUT_SHARE) {
      cut += 1;
      await sendAndLeave(url, lines, key, random() * CUT_WITHIN_MS);
      return;
    }
    const { status, text } = await post(url, lines, key);
    if (status !== 200) throw new Error(`${key}: expected 200, got ${status} ${text}`);
    const first = answers.get(key);
    if (first !== undefined && first !== text) throw new Error(`${key} was answered ${first}, and then ${text}`);
    answers.set(key, text);
  }

  async function sendAll(url: string): Promise<void> {
    const order = Array.from({ length: TIMES }, () => bodies).flat();
    shuffle(order, random);
    const sender = async (): Promise<void> => {
      for (let body = order.pop(); body !== undefined; body = order.pop()) await send(url, body);
    };
    await Promise.all(Array.from({ length: SENDERS }, sender));
    // Those that were cut off each time are not known yet.
    for (const body of bodies)
      if (!answers.has(body.key)) answers.set(body.key, (await post(url, body.lines, body.key)).text);
  }

  try {
    await desk.ingest(moves.opening);
    const opened = await readStoredDesk(await postgresUrl(desk.dataDir));
    const client = await watchDesk(desk.url);
    await sendAll(desk.url);
    const once = await readStoredDesk(await postgresUrl(desk.dataDir));
    await client.levelWith(once.watermark.seq, 6_000);
    expectOnce(once, opened, bodies.length);
    await expectTold(client, bodies.length);

    await desk.kill();
    await desk.restart();
    const other = await startDesk({ DATABASE_URL: await postgresUrl(desk.dataDir) });
    const later = await watchDesk(desk.url);
    try {
      await Promise.all([sendAll(desk.url), sendAll(other.url)]);
      const again = await readStoredDesk(await postgresUrl(desk.dataDir));
      expectOnce(again, opened, bodies.length);
      if (again.watermark.seq !== once.watermark.seq) throw new Error('repetitions moved the watermark');
      await expectTold(later, 0);
      await expectTold(client, bodies.length);
      return {
        bodies: bodies.length,
        requests,
        cut,
        rows: again.versions.length - opened.versions.length,
        alerts: again.alerts.length,
        told: client.heard.reduce((sum, message) => sum + message.alert_count, 0),
      };
    } finally {
      await Promise.all([client.close(), later.close()]);
      await other.dispose();
    }
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nIts log:\n${desk.log()}`, {
      cause: error,
    });
  } finally {
    await desk.dispose();
  }
}

/** As a producer does whose line breaks: nobody is there to hear the answer. */
async function sendAndLeave(url: string, lines: readonly Snapshot[], key: string, afterMs: number): Promise<void> {
  const leaving = new AbortController();
  const timer = setTimeout(() => leaving.abort(), afterMs);
  await fetch(`${url}/api/ingest/snapshots`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-ndjson', 'Idempotency-Key': key },
    body: lines.map((line) => JSON.stringify(line)).join('\n'),
    signal: leaving.signal,
  }).catch(() => undefined);
  clearTimeout(timer);
}

function expectOnce(desk: StoredDesk, opened: StoredDesk, bodies: number): void {
  const rows = desk.versions.length - opened.versions.length;
  // Of the two lines of a body one moves: one row, one alert.
  if (rows !== bodies) throw new Error(`expected ${bodies} new rows, got ${rows}`);
  if (desk.alerts.length !== bodies || desk.watermark.alertTotal !== bodies) {
    throw new Error(`expected ${bodies} alerts, got ${desk.alerts.length}, counted as ${desk.watermark.alertTotal}`);
  }
  if (desk.answers.size !== bodies) throw new Error(`expected ${bodies} stored answers, got ${desk.answers.size}`);
}

async function expectTold(client: WatchingClient, alerts: number): Promise<void> {
  await client.settled();
  const told = client.heard.reduce((sum, message) => sum + message.alert_count, 0);
  if (told !== alerts) throw new Error(`expected ${alerts} alerts to be told, got ${told}`);
  if (client.phantoms.length > 0) throw new Error(client.phantoms.join('\n'));
}

function shuffle<Item>(items: Item[], random: () => number): void {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [one, two] = [items[last], items[other]];
    if (one === undefined || two === undefined) continue;
    items[last] = two;
    items[other] = one;
  }
}

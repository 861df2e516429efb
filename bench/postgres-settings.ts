// What a PostgreSQL setting, and a second node, do to ingest: each variant in turn with the product's own settings,
// so that a busy machine weighs on both. `node bench/postgres-settings.ts [--rounds N] [--only WORD]`
import http from 'node:http';
import { parseArgs } from 'node:util';
import { median } from './median.ts';
import { sendInOrder } from './ingest.ts';
import { startOwnDatabase } from './own-database.ts';
import { startServerProcess } from './server-process.ts';
import { syntheticBodies } from './synthetic-polls.ts';

type Variant = { readonly settings: Readonly<Record<string, string>>; readonly nodes: number };

const VARIANTS: Readonly<Record<string, Variant>> = {
  'as it comes': { settings: {}, nodes: 1 },
  'synchronous_commit off': { settings: { synchronous_commit: 'off' }, nodes: 1 },
  'commit_delay 1 ms': { settings: { commit_delay: '1000', commit_siblings: '1' }, nodes: 1 },
  'wal_compression off': { settings: { wal_compression: 'off' }, nodes: 1 },
  'wal_compression lz4': { settings: { wal_compression: 'lz4' }, nodes: 1 },
  'full_page_writes off': { settings: { full_page_writes: 'off' }, nodes: 1 },
  // A checkpoint every few seconds, after each of which every page is written whole again.
  'max_wal_size 64MB': { settings: { max_wal_size: '64MB' }, nodes: 1 },
  'shared_buffers 16MB': { settings: { shared_buffers: '16MB' }, nodes: 1 },
  'shared_buffers 1GB': { settings: { shared_buffers: '1GB' }, nodes: 1 },
  'two nodes': { settings: {}, nodes: 2 },
};
const BASE = 'as it comes';

const PRODUCERS = 4;
const WARM_UP_POLLS = 5;
/** Bodies of 1,000 lines: rows are what costs. Bodies of 10 lines: the commit is. */
const LARGE = { events: 50, bookmakers: 10, polls: 30 };
const SMALL = { events: 1, bookmakers: 5, polls: 400 };

type Speeds = { readonly rowsPerSecond: number; readonly smallBodiesPerSecond: number };

async function measure({ settings, nodes }: Variant): Promise<Speeds> {
  const database = await startOwnDatabase(settings);
  try {
    const servers = await Promise.all(
      Array.from({ length: nodes }, () => startServerProcess({ DATABASE_URL: database.url, LOG_LEVEL: 'info' })),
    );
    const agent = new http.Agent({ keepAlive: true, maxSockets: PRODUCERS });
    try {
      const urls = servers.map(({ url }) => url);
      const large = await send(urls, agent, { ...LARGE, firstProducer: 0 });
      const small = await send(urls, agent, { ...SMALL, firstProducer: PRODUCERS });
      return { rowsPerSecond: large.rows / large.seconds, smallBodiesPerSecond: small.bodies / small.seconds };
    } finally {
      agent.destroy();
      await Promise.all(servers.map((server) => server.stop()));
    }
  } finally {
    await database.stop();
  }
}

async function send(
  urls: readonly string[],
  agent: http.Agent,
  load: typeof LARGE & { readonly firstProducer: number },
): Promise<{ readonly rows: number; readonly bodies: number; readonly seconds: number }> {
  const producers = Array.from({ length: PRODUCERS }, (_, index) =>
    syntheticBodies({
      producer: load.firstProducer + index,
      events: load.events,
      bookmakers: load.bookmakers,
      polls: load.polls + WARM_UP_POLLS,
      changedShare: 1,
      startMs: Date.now(),
    }),
  );
  const sendAll = (from: number, to: number) =>
    Promise.all(
      producers.map(({ bodies }, index) => sendInOrder(urls[index % urls.length] ?? '', agent, bodies.slice(from, to))),
    );
  await sendAll(0, WARM_UP_POLLS);
  const startedMs = performance.now();
  const tallies = await sendAll(WARM_UP_POLLS, WARM_UP_POLLS + load.polls);
  return {
    rows: tallies.reduce((sum, { changed }) => sum + changed, 0),
    bodies: PRODUCERS * load.polls,
    seconds: (performance.now() - startedMs) / 1_000,
  };
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' }, only: { type: 'string' } } });
const names = Object.keys(VARIANTS).filter(
  (name) => name !== BASE && (values.only === undefined || name.includes(values.only)),
);
console.log(`| setting | rows/s | of the base | bodies of 10 lines/s | of the base |\n|---|---|---|---|---|`);
for (const name of names) {
  const variant = VARIANTS[name];
  const base = VARIANTS[BASE];
  if (variant === undefined || base === undefined) continue;
  const pairs: { readonly own: Speeds; readonly base: Speeds }[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const isBaseFirst = round % 2 === 0;
    const first = await measure(isBaseFirst ? base : variant);
    const second = await measure(isBaseFirst ? variant : base);
    pairs.push(isBaseFirst ? { own: second, base: first } : { own: first, base: second });
  }
  const row = (key: keyof Speeds): string =>
    `${Math.round(median(pairs.map(({ own }) => own[key]))).toLocaleString('en-US')} | ` +
    median(pairs.map(({ own, base: other }) => own[key] / other[key])).toFixed(2);
  console.log(`| ${name} | ${row('rowsPerSecond')} | ${row('smallBodiesPerSecond')} |`);
}

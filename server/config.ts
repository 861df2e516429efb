import path from 'node:path';
import { z } from 'zod';
import { AppError } from '../contracts/errors.ts';

/** The own book of the demo market. Its name belongs to nobody. */
const DEMO_OWN_BOOKMAKER = 'harbourline';
/** Recordings and live feeds name real books; without a word from the operator this is the one we are. */
const DEFAULT_OWN_BOOKMAKER = 'draftkings';

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
/** Recorded seconds per second: an hour a minute. */
const DEFAULT_REPLAY_SPEED = 60;
const MAX_REPLAY_SPEED = 100_000;
const MAX_BOOKMAKER_LENGTH = 200;
const OWN_BOOKMAKER_EXPECTED = `expected the name of a bookmaker, 1 to ${MAX_BOOKMAKER_LENGTH} characters`;

const LOOPBACK_HOSTS = ['127.0.0.1', '::1', 'localhost'] as const;

/** What a proxy can send as a header's value as it stands, and nobody can guess. */
const PROXY_SECRET = /^[\w.~+/=-]{32,200}$/;
const PROXY_SECRET_EXPECTED =
  'expected 32 to 200 letters, digits or any of . ~ + / = _ -, such as `openssl rand -hex 32` writes';

/** An unset variable and an empty one mean the same. */
const setting = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, `expected a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `expected a whole number from ${least} to ${most}`);

/** A name as it stands in `Host`: at the port given, or at any when none is. */
const HOST_NAME = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::\d{1,5})?$/i;

const hostNames = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim()))
  .refine((names) => names.every((name) => HOST_NAME.test(name)), {
    error: 'expected host names with commas between them, such as desk.example.com,desk.example.com:8443',
  });

const environmentSchema = z.object({
  PORT: setting(wholeNumber(0, 65_535).default(3_000)),
  HOST: setting(z.string().default('127.0.0.1')),
  PUBLIC_HOSTS: setting(hostNames.optional()),
  PROXY_SECRET: setting(z.string().regex(PROXY_SECRET, PROXY_SECRET_EXPECTED).optional()),
  DATABASE_URL: setting(
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'expected a URL that begins with postgresql://')
      .optional(),
  ),
  DATA_DIR: setting(z.string().default('.data')),
  FEED: setting(z.string().default('demo')),
  REPLAY_SPEED: setting(
    z
      .string()
      .transform((text) => (text === 'max' ? text : Number(text)))
      .refine(
        (speed) => speed === 'max' || (speed > 0 && speed <= MAX_REPLAY_SPEED),
        `expected "max" or a number above 0 and up to ${MAX_REPLAY_SPEED} (recorded seconds per second)`,
      )
      .default(DEFAULT_REPLAY_SPEED),
  ),
  OWN_BOOKMAKER: setting(
    z.string().trim().min(1, OWN_BOOKMAKER_EXPECTED).max(MAX_BOOKMAKER_LENGTH, OWN_BOOKMAKER_EXPECTED).optional(),
  ),
  LOG_LEVEL: setting(z.enum(LOG_LEVELS, `expected one of ${LOG_LEVELS.join(', ')}`).default('info')),
});

export type FeedSetting =
  | { readonly kind: 'demo' }
  | { readonly kind: 'none' }
  | { readonly kind: 'replay'; readonly file: string; readonly speed: number | 'max' };

export type Config = {
  readonly port: number;
  readonly host: string;
  /** Names under which browsers reach this process through a proxy, beside its own. */
  readonly publicHosts: readonly string[];
  /** What the proxy in front of it sends with each request; set, nobody else is answered. */
  readonly proxySecret: string | undefined;
  /** Undefined: Linewatch runs its own PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly feed: FeedSetting;
  readonly ownBookmaker: string;
  /** Whether `ownBookmaker` was asked for, or is what comes with the feed. */
  readonly ownBookmakerFrom: 'environment' | 'default';
  readonly logLevel: (typeof LOG_LEVELS)[number];
};

/** Bounds of the running system, with their units: the one place to look them up. */
export const LIMITS = {
  /** Rows and bytes that may wait for their commit before ingest answers 503. */
  queueMaxRows: 200_000,
  queueMaxBytes: 64 * 1024 * 1024,
  /** Rows that one transaction takes; a single larger batch still goes alone. */
  queueMaxGroupRows: 10_000,
  /** How long a batch is retried while the database is away. */
  queueDeadlineMs: 20_000,
  queueFirstRetryMs: 50,
  queueMaxRetryMs: 2_000,
  /** Snapshots of all bodies together that are being read and do not lie on disk. */
  bodiesMaxBytes: 64 * 1024 * 1024,
  /** Names beyond this many are refused, line by line. */
  maxBookmakers: 1_000,
  /** Events whose state is kept in memory. */
  maxCachedEvents: 5_000,
  readerConnections: 8,
  connectionTimeoutMs: 5_000,
  /** Bytes of ready-made answers kept for browsers that ask the same. */
  answerCacheBytes: 64 * 1024 * 1024,
  watermarkPollMs: 1_000,
  /** Longer than this, and whoever asks `/readyz` has drawn its own conclusion. */
  readinessMs: 2_000,
  /** While other processes commit, their settings are read again this often at most. */
  settingsGapMs: 250,
  settingsRetryMs: 1_000,
  feedStatusMs: 5_000,
  /** What an Idempotency-Key is remembered for. */
  idempotencyHours: 24,
  /** When retention first looks for what has been kept long enough, and how often from then on. */
  retentionFirstMs: 60_000,
  retentionEveryMs: 60 * 60_000,
  /** Rows that wait for their commit from which on retention waits for them. */
  retentionYieldsAtRows: 5_000,
  /** How often old keys are looked for, how many go in one statement, and the pause between two of those. */
  keySweepMs: 600_000,
  keySweepRows: 1_000,
  keySweepPauseMs: 100,
  /** From the first signal to the last connection closed, at most. */
  shutdownMs: 15_000,
} as const;

/**
 * Reads the environment. Throws `bad_config` with one line that names the variable, what was expected and
 * what came.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0] ?? 'environment');
    // A connection string holds a password, also one that is written wrongly.
    const got = name === 'DATABASE_URL' || name === 'PROXY_SECRET' ? 'another' : `"${environment[name] ?? ''}"`;
    throw new AppError('bad_config', `${name}: ${issue?.message ?? 'not valid'}, got ${got}`);
  }
  const values = parsed.data;
  if (values.PROXY_SECRET === undefined && !LOOPBACK_HOSTS.some((host) => host === values.HOST)) {
    throw new AppError(
      'bad_config',
      `HOST: expected 127.0.0.1, ::1 or localhost, got "${values.HOST}": Linewatch asks for no login, so other machines may reach it only through a proxy that does; give both the same PROXY_SECRET`,
    );
  }
  const feed = readFeed(values.FEED, values.REPLAY_SPEED);
  return {
    port: values.PORT,
    host: values.HOST,
    publicHosts: values.PUBLIC_HOSTS ?? [],
    proxySecret: values.PROXY_SECRET,
    databaseUrl: values.DATABASE_URL,
    dataDir: path.resolve(values.DATA_DIR),
    feed,
    ownBookmaker: values.OWN_BOOKMAKER ?? (feed.kind === 'demo' ? DEMO_OWN_BOOKMAKER : DEFAULT_OWN_BOOKMAKER),
    ownBookmakerFrom: values.OWN_BOOKMAKER === undefined ? 'default' : 'environment',
    logLevel: values.LOG_LEVEL,
  };
}

function readFeed(feed: string, speed: number | 'max'): FeedSetting {
  if (feed === 'demo' || feed === 'none') return { kind: feed };
  if (!/\.ndjson(\.gz)?$/.test(feed)) {
    throw new AppError(
      'bad_config',
      `FEED: expected "demo", "none" or the path of an .ndjson or .ndjson.gz file, got "${feed}"`,
    );
  }
  return { kind: 'replay', file: path.resolve(feed), speed };
}

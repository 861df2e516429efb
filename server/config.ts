import path from 'node:path';
import { z } from 'zod';
import { AppError } from '../contracts/errors.ts';

/** The own book of the demo market. Its name belongs to nobody. */
const DEMO_OWN_BOOKMAKER = 'harbourline';
/** Recordings and live feeds name real books; without a word from the operator this is the one we are. */
const DEFAULT_OWN_BOOKMAKER = 'draftkings';

const LOOPBACK_HOSTS = ['127.0.0.1', '::1', 'localhost'] as const;

/** An unset variable and an empty one mean the same. */
const setting = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, `expected a whole number from ${least} to ${most}`)
    .transform(Number)
    .pipe(z.int().min(least).max(most));

const environmentSchema = z.object({
  PORT: setting(wholeNumber(0, 65_535).default(3_000)),
  HOST: setting(z.string().default('127.0.0.1')),
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
      .union([z.literal('max'), z.coerce.number().positive().max(100_000)], {
        error: 'expected a number above 0 (recorded seconds per second) or "max"',
      })
      .default(60),
  ),
  OWN_BOOKMAKER: setting(z.string().trim().min(1).max(200).optional()),
  LOG_LEVEL: setting(z.enum(['debug', 'info', 'warn', 'error']).default('info')),
});

export type FeedSetting =
  | { readonly kind: 'demo' }
  | { readonly kind: 'none' }
  | { readonly kind: 'replay'; readonly file: string; readonly speed: number | 'max' };

export type Config = {
  readonly port: number;
  readonly host: string;
  /** Undefined: Linewatch runs its own PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly feed: FeedSetting;
  readonly ownBookmaker: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
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
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0] ?? 'environment');
    throw new AppError('bad_config', `${name}: ${issue?.message ?? 'not valid'}, got "${environment[name] ?? ''}"`);
  }
  const values = parsed.data;
  if (!LOOPBACK_HOSTS.some((host) => host === values.HOST)) {
    throw new AppError(
      'bad_config',
      `HOST: expected 127.0.0.1, ::1 or localhost, got "${values.HOST}": Linewatch has no access control yet, so it listens on this machine only; put a proxy that asks for a login in front of it`,
    );
  }
  const feed = readFeed(values.FEED, values.REPLAY_SPEED);
  return {
    port: values.PORT,
    host: values.HOST,
    databaseUrl: values.DATABASE_URL,
    dataDir: path.resolve(values.DATA_DIR),
    feed,
    ownBookmaker: values.OWN_BOOKMAKER ?? (feed.kind === 'demo' ? DEMO_OWN_BOOKMAKER : DEFAULT_OWN_BOOKMAKER),
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

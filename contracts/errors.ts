/**
 * Every code that Linewatch answers or throws, with the HTTP status it travels under.
 * Compare errors by code: Next and the custom server load modules twice, so `instanceof` lies across that line.
 */
export const ERROR_STATUS = {
  bad_request: 400,
  unreadable_body: 400,
  not_found: 404,
  method_not_allowed: 405,
  forbidden_origin: 403,
  forbidden_host: 403,
  forbidden_proxy: 403,
  idempotency_key_reused: 422,
  conflict: 409,
  body_too_large: 413,
  unsupported_media_type: 415,
  rejected_by_database: 422,
  queue_full: 503,
  busy: 503,
  database_unavailable: 503,
  shutting_down: 503,
  bad_config: 500,
  start_failed: 500,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;
export const ERROR_CODES = Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]];

export type ErrorEnvelope = { error: { code: ErrorCode; message: string; details?: unknown } };

export type AppErrorOptions = {
  readonly cause?: unknown;
  readonly details?: unknown;
  /** Seconds after which the caller may try again; becomes `Retry-After`. */
  readonly retryAfterSeconds?: number;
};

/** An error that says what was expected and what came, with a code that survives a wire. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The code of anything thrown, `internal` for what carries none of ours. */
export function errorCode(error: unknown): ErrorCode {
  if (typeof error === 'object' && error !== null && 'code' in error) {
    const { code } = error;
    if (typeof code === 'string' && Object.hasOwn(ERROR_STATUS, code)) return code as ErrorCode;
  }
  return 'internal';
}

/** What a caller is told of anything thrown: ours in full, everything else without its inner workings. */
export function toEnvelope(error: unknown): ErrorEnvelope {
  const code = errorCode(error);
  if (!(error instanceof Error) || code === 'internal') {
    return { error: { code: 'internal', message: 'Something failed inside Linewatch; the log has the details.' } };
  }
  const details = 'details' in error ? error.details : undefined;
  return { error: { code, message: error.message, ...(details === undefined ? {} : { details }) } };
}

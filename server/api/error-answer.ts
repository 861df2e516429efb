import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import { AppError, ERROR_STATUS, errorCode, toEnvelope } from '../../contracts/errors.ts';
import { describeIssue } from '../../contracts/issue-message.ts';
import type { ApiDeps } from './api-deps.ts';

const MAX_COMPLAINTS = 20;

/** What Hono itself throws while reading a request, in our words. */
function fromHono(error: HTTPException): AppError {
  if (error.status === 400) return new AppError('unreadable_body', 'expected a JSON body', { cause: error });
  if (error.status === 413) return new AppError('body_too_large', 'the request body is too large', { cause: error });
  if (error.status === 415)
    return new AppError('unsupported_media_type', 'expected Content-Type application/json', { cause: error });
  return new AppError('internal', error.message, { cause: error });
}

/** How anything thrown is answered: its envelope under its status, with `Retry-After` where waiting helps. */
export function errorForm(error: unknown) {
  const retryAfterSeconds =
    error instanceof Error && 'retryAfterSeconds' in error ? error.retryAfterSeconds : undefined;
  return {
    status: ERROR_STATUS[errorCode(error)],
    headers: {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...(typeof retryAfterSeconds === 'number' && { 'Retry-After': String(Math.ceil(retryAfterSeconds)) }),
    },
    body: new TextEncoder().encode(JSON.stringify(toEnvelope(error))),
  };
}

/** The answer to anything thrown, under the headers that the context has been given. */
export function errorResponse(context: Context, error: unknown): Response {
  const { status, headers, body } = errorForm(error);
  return context.body(body, status satisfies ContentfulStatusCode, headers);
}

/** Answers what a route threw; what is not the caller's fault is logged, once. */
export const createErrorHandler =
  (logError: ApiDeps['logError']) =>
  (thrown: unknown, context: Context): Response => {
    const error = thrown instanceof HTTPException ? fromHono(thrown) : thrown;
    if (ERROR_STATUS[errorCode(error)] >= 500) logError(error, { method: context.req.method, path: context.req.path });
    return errorResponse(context, error);
  };

const PARTS = {
  query: 'query',
  param: 'path',
  json: 'body',
  header: 'header',
  cookie: 'cookie',
  form: 'form',
} as const;

/** Refuses a request that does not fit its schema, naming the parameter, what was expected and what came. */
export function refuseInvalid(
  result:
    | { readonly success: true }
    | {
        readonly success: false;
        readonly error: z.ZodError;
        readonly data?: unknown;
        readonly target: keyof typeof PARTS;
      },
): void {
  if (result.success) return;
  const complaints = result.error.issues.slice(0, MAX_COMPLAINTS).map((issue) => ({
    in: PARTS[result.target],
    parameter: issue.path.map(String).join('.'),
    message: describeIssue(issue, result.data),
  }));
  const [first] = complaints;
  throw new AppError('bad_request', first?.message ?? 'the request does not fit its schema', { details: complaints });
}

/** Throws unless there is something: a `not_found` that names what was asked for. */
export function found<Value>(value: Value | null, what: string): Value {
  if (value === null) throw new AppError('not_found', `there is no ${what}`);
  return value;
}

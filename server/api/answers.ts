import type { TypedResponse } from 'hono';
import type { z } from 'zod';
import { ERROR_STATUS, type ErrorCode } from '../../contracts/errors.ts';
import { errorEnvelopeSchema } from '../../contracts/error-envelope.ts';

/** A 200 with this schema as JSON. */
export const jsonAnswer = <Schema extends z.ZodType>(schema: Schema, description: string) =>
  ({ description, content: { 'application/json': { schema } } }) as const;

type ErrorAnswer = {
  readonly description: string;
  readonly content: { readonly 'application/json': { readonly schema: typeof errorEnvelopeSchema } };
};
type ErrorAnswers<Code extends ErrorCode> = { [Status in (typeof ERROR_STATUS)[Code]]: ErrorAnswer };

/** Every route may answer these. */
export const ANY_ERRORS = [
  'forbidden_host',
  'forbidden_proxy',
  'internal',
  'database_unavailable',
  'shutting_down',
] as const;
/** Every route that takes JSON may answer these as well. */
export const WRITE_ERRORS = [
  ...ANY_ERRORS,
  'forbidden_origin',
  'unsupported_media_type',
  'body_too_large',
  'unreadable_body',
  'bad_request',
] as const;

/** The error answers of a route, one for each status, its codes named. */
export function errorAnswers<const Code extends ErrorCode>(codes: readonly Code[]): ErrorAnswers<Code> {
  const codesByStatus = Object.groupBy(codes, (code) => String(ERROR_STATUS[code]));
  const answers = Object.entries(codesByStatus).map(([status, same = []]): [string, ErrorAnswer] => [
    status,
    {
      description: same.map((code) => `\`${code}\``).join(', '),
      content: { 'application/json': { schema: errorEnvelopeSchema } },
    },
  ]);
  return Object.fromEntries(answers) as ErrorAnswers<Code>;
}

/** A ready-made response whose bytes are this JSON: keeps the typed client typed where bytes come from the cache. */
export const asTyped = <Body>(response: Response): Response & TypedResponse<Body, 200, 'json'> =>
  response as Response & TypedResponse<Body, 200, 'json'>;

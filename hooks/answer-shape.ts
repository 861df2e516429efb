import { AppError, ERROR_STATUS, type ErrorCode } from '../contracts/errors.ts';
import type { Watermark } from '../contracts/watermark.ts';

type Kind<Value> = Value extends readonly unknown[]
  ? 'list'
  : Value extends string
    ? 'text'
    : Value extends number
      ? 'number'
      : Value extends object
        ? 'object'
        : never;

/** What the desk cannot do without in an answer, and of which kind it is. Fields it does not name are trusted. */
export type AnswerShape<Answer> = { readonly [Field in keyof Answer]?: Kind<Answer[Field]> };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'text';
  return value === null ? 'null' : typeof value;
}

/**
 * The answer, once it has the shape that the desk builds on; else an `internal` error that names the field. By hand,
 * because the schemas of `contracts` would be a fifth of the page's JavaScript: the API has built the answer with
 * them, and what can still differ is a page that was left open while a new Linewatch took over.
 */
export function shapedAnswer<Answer>(shape: AnswerShape<Answer>, answer: unknown): Answer {
  if (!isRecord(answer)) throw new AppError('internal', `expected an answer of the API, got ${kindOf(answer)}`);
  for (const [field, kind] of Object.entries(shape)) {
    const got = kindOf(answer[field]);
    if (got !== kind)
      throw new AppError('internal', `expected ${field} of the API's answer as ${String(kind)}, got ${got}`);
  }
  return answer as Answer;
}

/** The refusal that an answer carries, or undefined where it is none of the API's. */
export function refusalIn(answer: unknown): AppError | undefined {
  const error = isRecord(answer) ? answer['error'] : undefined;
  if (!isRecord(error)) return undefined;
  const { code, message, details } = error;
  if (typeof code !== 'string' || !Object.hasOwn(ERROR_STATUS, code) || typeof message !== 'string') return undefined;
  return new AppError(code as ErrorCode, message, { details });
}

/** The watermark that an answer carries, or null. */
export function watermarkIn(answer: unknown): Watermark | null {
  if (!isRecord(answer)) return null;
  const { epoch, seq } = answer;
  return typeof epoch === 'string' && epoch !== '' && typeof seq === 'number' ? { epoch, seq } : null;
}

import { z } from 'zod';

const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/**
 * Text that can be stored: PostgreSQL takes neither the NUL character nor half of a surrogate pair, both of which
 * JSON can carry. Refused at the edge, where only their own line is refused and not the transaction of everybody.
 */
export const textSchema = (bounds: { readonly min: number; readonly max: number }) =>
  z
    .string()
    .trim()
    .min(bounds.min)
    .max(bounds.max)
    .refine(isStorable, 'expected no NUL character and no half of a surrogate pair');

export const nameSchema = textSchema({ min: 1, max: 200 });

/** 1970 up to and with 9999: years beyond have another form in ISO 8601, which PostgreSQL does not read. */
const LATEST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** An instant that somebody else wrote: ISO 8601 with an offset or `Z`. */
export const instantSchema = z.iso.datetime({ offset: true, abort: true }).refine((text) => {
  const atMs = Date.parse(text);
  return atMs >= 0 && atMs <= LATEST_MS;
}, 'expected an instant from 1970 to 9999');

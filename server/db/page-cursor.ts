import { z } from 'zod';
import { AppError } from '../../contracts/errors.ts';

const cursorSchema = z.tuple([z.string()], z.int());

/** A place in a sorted list, as text that means nothing to its bearer: the list it belongs to and the keys of its last row. */
export const encodeCursor = (list: string, keys: readonly number[]): string =>
  Buffer.from(JSON.stringify([list, ...keys])).toString('base64url');

/**
 * The keys of a cursor. Throws `bad_request` for one that is broken, or that belongs to another list or order:
 * read with the wrong order it would silently skip rows.
 */
export function decodeCursor(cursor: string, list: string, keyCount: number): number[] {
  const [owner, ...keys] = cursorSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString())).data ?? [''];
  if (owner !== list || keys.length !== keyCount || keys.some((key) => Number.isNaN(new Date(key).getTime()))) {
    throw new AppError('bad_request', 'expected `cursor` to be the `nextCursor` of a page of this list in this order', {
      details: { cursor },
    });
  }
  return keys;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { z } from 'zod';

const NUL = '\0';

/** PostgreSQL keeps any text but NUL, and UTF-8 any but half a surrogate pair; JSON can spell both. */
const isStorable = (text: string): boolean => !text.includes(NUL) && text.isWellFormed();

/** Text that can be stored and told again as it came, at most `maxCharacters` long, trimmed. */
export const storableText = (maxCharacters: number) =>
  z
    .string()
    .trim()
    .max(maxCharacters)
    .refine(isStorable, 'expected text without NUL characters and without halves of surrogate pairs');

const MAX_NAME_CHARACTERS = 200;

/** A name that a feed or a filter gives: of a team, a league, a bookmaker, an outcome. */
export const nameSchema = storableText(MAX_NAME_CHARACTERS).min(1);

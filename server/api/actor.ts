import { z } from '@hono/zod-openapi';
import { textSchema } from '../../contracts/text.ts';
import type { Actor } from './api-deps.ts';

const MAX_ACTOR_CHARACTERS = 80;
/** A character takes four bytes at most, and a byte three characters of its percent-encoding. */
const MAX_HEADER_CHARACTERS = MAX_ACTOR_CHARACTERS * 4 * 3;
const NOBODY_NAMED = 'desk';

const nameSchema = textSchema({ min: 0, max: MAX_ACTOR_CHARACTERS });

/** Until there is access control, a trader may say who acts; it is remembered, not proved. */
export const actorHeaderSchema = z.object({
  'x-trader': z
    .string()
    .trim()
    .max(MAX_HEADER_CHARACTERS)
    .refine((header) => nameSchema.safeParse(decoded(header)).success, {
      message: `expected a name of at most ${MAX_ACTOR_CHARACTERS} characters`,
    })
    .optional()
    .openapi({
      description: 'Who acts; without it, `desk`. Beyond ASCII, percent-encoded UTF-8, as headers carry nothing else.',
      example: 'Ada',
    }),
});

/** Who acts: the named trader, or `desk` when nobody is named. */
export const actorOf = (headers: z.infer<typeof actorHeaderSchema>): Actor =>
  decoded(headers['x-trader'] ?? '') || NOBODY_NAMED;

/** What is no percent-encoding, such as `50% Ada`, is a name as it stands. */
function decoded(header: string): string {
  try {
    return decodeURIComponent(header).trim();
  } catch {
    return header.trim();
  }
}

import { z } from '@hono/zod-openapi';
import type { Actor } from './api-deps.ts';

const MAX_ACTOR_CHARACTERS = 80;
const NOBODY_NAMED = 'desk';

/** Until there is access control, a trader may say who acts; it is remembered, not proved. */
export const actorHeaderSchema = z.object({
  'x-trader': z
    .string()
    .trim()
    .max(MAX_ACTOR_CHARACTERS)
    .optional()
    .openapi({ description: 'Who acts; without it, `desk`.', example: 'Ada' }),
});

/** Who acts: the named trader, or `desk` when nobody is named. */
export const actorOf = (headers: z.infer<typeof actorHeaderSchema>): Actor => headers['x-trader'] || NOBODY_NAMED;

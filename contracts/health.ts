import { z } from 'zod';

const partSchema = z.object({ ok: z.boolean(), detail: z.string() });

/** `GET /readyz`: 200 when every part is ready, 503 otherwise, each part named. */
export const readinessSchema = z.object({
  ready: z.boolean(),
  parts: z.object({ database: partSchema, queue: partSchema, hub: partSchema }),
});
export type Readiness = z.infer<typeof readinessSchema>;

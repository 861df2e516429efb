import { z } from 'zod';
import type { Watermark } from './watermark.ts';

export const watermarkSchema = z.object({
  epoch: z.string().min(1),
  seq: z.int().nonnegative(),
}) satisfies z.ZodType<Watermark>;

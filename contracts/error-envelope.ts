import { z } from 'zod';
import { ERROR_CODES, type ErrorEnvelope } from './errors.ts';

export const errorEnvelopeSchema = z.object({
  error: z.object({
    code: z.enum(ERROR_CODES),
    message: z.string(),
    details: z.unknown().optional(),
  }),
}) satisfies z.ZodType<ErrorEnvelope>;

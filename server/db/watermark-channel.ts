import { z } from 'zod';
import type { Watermark } from '../../contracts/watermark.ts';
import { watermarkSchema } from '../../contracts/watermark-schema.ts';

/** The channel on which a writer tells other processes that the watermark moved. */
export const WATERMARK_CHANNEL = 'linewatch';

/** What goes with NOTIFY: `pg_notify(WATERMARK_CHANNEL, watermarkPayload(watermark))`, once a transaction. */
export const watermarkPayload = (watermark: Watermark): string => `${watermark.epoch}:${watermark.seq}`;

const seqSchema = z.coerce.number().pipe(z.int().nonnegative());

/** The watermark of a payload, or undefined when somebody else wrote it. */
export function parseWatermarkPayload(payload: string): Watermark | undefined {
  const split = payload.lastIndexOf(':');
  if (split < 1 || split === payload.length - 1) return undefined;
  const seq = seqSchema.safeParse(payload.slice(split + 1));
  const watermark = watermarkSchema.safeParse({ epoch: payload.slice(0, split), seq: seq.data });
  return watermark.data;
}

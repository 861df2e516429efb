import { z } from 'zod';
import { MARKETS } from './market.ts';

export const marketSchema = z.enum(MARKETS);

import { z } from '@hono/zod-openapi';
import { writtenPosition } from '../api.ts';

export const confirmedSchema = z
  .object({
    paid: z.int(),
    failed: z.int(),
    unchanged: z.int().openapi({ description: 'Recorded before.' }),
    position: writtenPosition,
  })
  .openapi('Confirmed');

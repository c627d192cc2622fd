import { z } from '@hono/zod-openapi';
import { documentKindSchema, partnerIdSchema } from '@provisie/domain';

export const documentSchema = z
  .object({
    documentId: z.string(),
    number: z.string(),
    kind: documentKindSchema,
    partnerId: partnerIdSchema,
    payoutId: z.string(),
    currency: z.string(),
    issueDate: z.iso.date(),
    netCents: z.int(),
    vatCents: z.int(),
    totalCents: z.int(),
  })
  .openapi('Document');

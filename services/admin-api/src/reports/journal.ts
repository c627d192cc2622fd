import { createRoute, z } from '@hono/zod-openapi';
import { orderIdSchema, partnerIdSchema } from '@provisie/domain';
import { pageAnswer, pageQuery, pageRequest, pageSchema } from '@provisie/http';
import type { JournalEntryView } from '@provisie/read-model';
import type { Endpoint } from '../api.ts';
import { given } from '../given.ts';
import { inIso, instantAnswer } from '../instants.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';

const entrySchema = z
  .object({
    entryId: z.string(),
    causeEventId: z.string(),
    causePosition: z.int(),
    recordedAt: instantAnswer,
    causeType: z.string(),
    orderId: z.string().nullable(),
    payoutId: z.string().nullable(),
    writeOffId: z.string().nullable(),
    currency: z.string(),
    lines: z
      .array(
        z.object({
          account: z.string(),
          partnerId: z.string().nullable(),
          amountCents: z.int().openapi({ description: 'Debits positive, credits negative.' }),
          effectiveAt: instantAnswer,
        }),
      )
      .readonly(),
  })
  .openapi('JournalEntry');

/** The double-entry ledger: the lines of every entry add up to zero. */
export const listJournal: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/journal',
    tags: ['Reports'],
    summary: 'List the entries of the ledger',
    ...api.reads('admin', 'finance'),
    request: {
      query: z.strictObject({
        partnerId: partnerIdSchema.optional(),
        orderId: orderIdSchema.optional(),
        ...pageQuery,
        ...waitQuery,
      }),
    },
    responses: { 200: jsonAnswer('A page.', pageSchema(entrySchema)), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const { partnerId, orderId, ...query } = c.req.valid('query');
    const page = await api.readModel.journal(given({ partnerId, orderId }), pageRequest(query));
    return c.json(pageAnswer(c, page, entryAnswer), 200);
  });
};

function entryAnswer(entry: JournalEntryView) {
  const lines = entry.lines.map((line) => inIso(line, ['effectiveAt']));
  return { ...inIso(entry, ['recordedAt']), lines };
}

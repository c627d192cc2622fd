import { createRoute, z } from '@hono/zod-openapi';
import { journalFile } from '@provisie/payouts/journal-file';
import type { JournalEntryView, JournalFilter, ReadModel } from '@provisie/read-model';
import type { Endpoint } from '../api.ts';
import { given } from '../given.ts';
import { instantInput } from '../instants.ts';
import { download } from '../payouts/files-endpoints.ts';
import { readFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';

const PAGE = 500;

/** The ledger for bookkeeping. What is written while it is being read is left for the next time. */
export const getJournalCsv: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/journal.csv',
    tags: ['Reports'],
    summary: 'Download the entries of the ledger as CSV',
    description:
      'Columns: entry_id, recorded_at, effective_at, account, partner_id, order_id, payout_id, currency, debit, credit, cause_event_id, cause_position; a row for each line of an entry. Entries are never changed, so the files of periods that adjoin by `recorded_at` add up to the whole ledger.',
    ...api.reads('admin', 'finance'),
    request: {
      query: z.strictObject({
        from: instantInput
          .optional()
          .openapi({ description: 'Recorded then or later. Default everything.' }),
        to: instantInput
          .optional()
          .openapi({ description: 'Recorded before. Default everything so far.' }),
        ...waitQuery,
      }),
    },
    responses: {
      200: { description: 'The file.', content: { 'text/csv': { schema: z.string() } } },
      ...readFailures,
    },
  });
  api.app.openapi(route, async (c) => {
    const { from, to } = c.req.valid('query');
    const filter = given({ recordedFrom: from, recordedBefore: to });
    const { position } = await api.readModel.status();
    const pieces = journalFile(entriesUpTo(api.readModel, position, filter));
    return download(c, 'text/csv; charset=utf-8', 'journal.csv', pieces);
  });
};

/** By the log, page by page: a snapshot would be held for as long as a slow reader takes. */
async function* entriesUpTo(
  readModel: ReadModel,
  position: number,
  filter: JournalFilter,
): AsyncGenerator<JournalEntryView> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<ReadModel['journal']>> = await readModel.journal(filter, {
      limit: PAGE,
      cursor,
    });
    for (const entry of page.rows) {
      if (entry.causePosition > position) return;
      yield entry;
    }
    cursor = page.next;
  } while (cursor !== null);
}

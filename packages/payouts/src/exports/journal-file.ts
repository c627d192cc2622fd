import { journalCsv, type JournalCsvRow } from '@provisie/payout-files';
import type { JournalEntryView } from '@provisie/read-model';

/** Entries of the ledger as CSV, a row for each line of an entry. */
export function journalFile(entries: AsyncIterable<JournalEntryView>): AsyncIterable<string> {
  return journalCsv(rowsOf(entries));
}

async function* rowsOf(entries: AsyncIterable<JournalEntryView>): AsyncGenerator<JournalCsvRow> {
  for await (const entry of entries) {
    const { entryId, recordedAt, orderId, payoutId, currency, causeEventId, causePosition } = entry;
    for (const { account, partnerId, amountCents, effectiveAt } of entry.lines) {
      yield {
        ...{ entryId, recordedAt, effectiveAt, account, partnerId, orderId, payoutId },
        ...{ currency, amountCents, causeEventId, causePosition },
      };
    }
  }
}

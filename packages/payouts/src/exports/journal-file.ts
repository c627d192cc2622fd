import type { JournalCsvRow } from '@provisie/payout-files';
import type { JournalEntryView } from '@provisie/read-model';

/** Entries of the ledger as CSV, a row for each line of an entry. */
export async function* journalFile(
  entries: AsyncIterable<JournalEntryView>,
): AsyncGenerator<string> {
  const { journalCsv } = await import('@provisie/payout-files');
  yield* journalCsv(rowsOf(entries));
}

async function* rowsOf(entries: AsyncIterable<JournalEntryView>): AsyncGenerator<JournalCsvRow> {
  for await (const { lines, ...entry } of entries) {
    for (const line of lines) yield Object.assign({}, entry, line);
  }
}

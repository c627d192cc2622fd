import { journalCsv, type JournalCsvRow } from '@provisie/payout-files';
import type { JournalEntryView } from '@provisie/read-model';

/** Entries of the ledger as CSV, a row for each line of an entry. */
export function journalFile(entries: AsyncIterable<JournalEntryView>): AsyncIterable<string> {
  return journalCsv(rowsOf(entries));
}

async function* rowsOf(entries: AsyncIterable<JournalEntryView>): AsyncGenerator<JournalCsvRow> {
  for await (const { lines, ...entry } of entries) {
    for (const line of lines) yield Object.assign({}, entry, line);
  }
}

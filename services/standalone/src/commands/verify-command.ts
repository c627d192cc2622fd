import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { readModelFile, verify, type VerifyReport } from '@provisie/read-model';
import { UsageError } from '@provisie/process';
import { requireDataFolder } from '../data-folder.ts';
import { showProgress } from '../progress.ts';
import { count, print, table } from './output.ts';

/** `provisie verify`: says whether the read model is what the log makes of it; also while a server runs. */
export async function verifyCommand(folder: string): Promise<void> {
  const files = requireDataFolder(folder);
  const store = openSqliteEventStore({ file: files.events, readOnly: true });
  const progress = showProgress('Rebuilding beside', 'positions');
  try {
    const report = await verify({
      store,
      liveFile: readModelFile(files.folder),
      onProgress: ({ handled, total }) => progress.update(handled, total),
    });
    progress.stop();
    print(reportText(report));
    if (!report.ok) {
      throw new UsageError(
        'The read model differs from the log. `provisie rebuild` makes it anew.',
      );
    }
  } finally {
    progress.stop();
    await store.close();
  }
}

function reportText({ tables, ledgerViolations, position, ok }: VerifyReport): string {
  const rows = tables.map(({ table: name, liveRows, rebuiltRows, equal }) => [
    name,
    count(liveRows),
    count(rebuiltRows),
    equal ? 'equal' : 'DIFFERENT',
  ]);
  return [
    table(['table', 'rows live', 'rows rebuilt', 'result'], rows),
    '',
    ...ledgerViolations.map((violation) => `ledger: ${violation}`),
    ok
      ? `Equal up to position ${count(position)}, and the ledger balances.`
      : `Not equal up to position ${count(position)}.`,
  ].join('\n');
}

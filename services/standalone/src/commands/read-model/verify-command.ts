import type { Stores } from '@provisie/engines';
import { UsageError } from '@provisie/process';
import { verify, type VerifyReport } from '@provisie/read-model';
import { withLog, withReadModel } from '../../installation.ts';
import { showProgress } from '../../progress.ts';
import { count, print, table } from '../output.ts';

/** `provisie verify`: says whether the read model is what the log makes of it; also while a server runs. */
export async function verifyCommand(stores: Stores): Promise<void> {
  const progress = showProgress('Rebuilding beside', 'positions');
  const onProgress = ({ handled, total }: { handled: number; total: number }) => {
    progress.update(handled, total);
  };
  try {
    const report = await withLog(stores, 'read', (store) =>
      withReadModel(stores, ({ database }) => verify({ store, database, onProgress })),
    );
    progress.stop();
    print(reportText(report));
    if (!report.ok) {
      throw new UsageError(
        'The read model differs from the log. `provisie rebuild` makes it anew.',
      );
    }
  } finally {
    progress.stop();
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

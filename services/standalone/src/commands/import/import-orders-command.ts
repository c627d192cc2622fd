import type { Stores } from '@provisie/engines';
import { UsageError } from '@provisie/process';
import { requireLog, withLog, withVault } from '../../installation.ts';
import { importOrders, type OrdersSummary } from '../../import/orders.ts';
import { readOrdersFile, type BadRow } from '../../import/orders-file.ts';
import { showProgress } from '../../progress.ts';
import { count, print } from '../output.ts';

const SHOWN_ROWS = 20;

/** `provisie import orders`. All rows are checked before anything is written. */
export async function importOrdersCommand(
  stores: Stores,
  file: string,
  { skipBadRows }: { readonly skipBadRows: boolean },
): Promise<void> {
  requireLog(stores);
  const { good, bad } = await readOrdersFile(file);
  if (bad.length > 0) print(badRowsText(file, bad));
  if (bad.length > 0 && !skipBadRows) {
    throw new UsageError(
      `Nothing was imported: ${count(bad.length)} of ${count(good.length + bad.length)} rows are not right. Mend them, or leave them out with --skip-bad-rows.`,
    );
  }
  const progress = showProgress('Importing', 'rows');
  try {
    const { update: onProgress } = progress;
    const summary = await withLog(stores, 'write', (store) =>
      withVault(stores, (vault) => importOrders({ rows: good, store, vault, onProgress })),
    );
    progress.stop();
    print(summaryText(summary, bad.length));
    if (summary.contradictions.length > 0) {
      throw new UsageError('Some orders were recorded before with other content; see above.');
    }
  } finally {
    progress.stop();
  }
}

function badRowsText(file: string, bad: readonly BadRow[]): string {
  const lines = bad.slice(0, SHOWN_ROWS).flatMap(({ line, problems }) =>
    problems.map(({ column, value, expected }) => {
      const place = column === null ? 'the row' : `column ${column}`;
      return `${file}, line ${String(line)}, ${place}: ${JSON.stringify(value)} is not ${expected}`;
    }),
  );
  if (bad.length > SHOWN_ROWS) lines.push(`and ${count(bad.length - SHOWN_ROWS)} more rows`);
  return lines.join('\n');
}

function summaryText(summary: OrdersSummary, skipped: number): string {
  const line = (value: number, text: string) => `  ${count(value).padStart(9)}  ${text}`;
  return [
    line(summary.recorded, 'orders recorded'),
    line(summary.alreadyKnown, 'orders that were recorded before'),
    ...(skipped === 0 ? [] : [line(skipped, 'rows left out')]),
    ...(summary.contradictions.length === 0
      ? []
      : [line(summary.contradictions.length, 'orders recorded before with other content:')]),
    ...summary.contradictions.map(
      ({ line: number, orderId, paths }) =>
        `             line ${String(number)}, order ${orderId}: ${paths.join(', ')}`,
    ),
  ].join('\n');
}

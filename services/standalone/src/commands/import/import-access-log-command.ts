import type { Stores } from '@provisie/engines';
import { withLog, withVault } from '../../installation.ts';
import { importAccessLog, type AccessLogSummary } from '../../import/access-log.ts';
import { showProgress } from '../../progress.ts';
import { count, print } from '../output.ts';

export interface ImportAccessLogChoices {
  readonly trackerPath: string;
  readonly dryRun: boolean;
}

/** `provisie import access-log`. A dry run reads beside a running server; a real one needs the log to itself. */
export async function importAccessLogCommand(
  stores: Stores,
  file: string,
  { trackerPath, dryRun }: ImportAccessLogChoices,
): Promise<void> {
  const progress = showProgress('Importing', 'bytes');
  const onProgress = ({ bytesRead, bytesTotal }: { bytesRead: number; bytesTotal: number }) => {
    progress.update(bytesRead, bytesTotal);
  };
  try {
    const summary = await withLog(stores, dryRun ? 'read' : 'write', (store) =>
      withVault(stores, (vault) =>
        importAccessLog({ file, store, vault, trackerPath, dryRun, onProgress }),
      ),
    );
    progress.stop();
    print(summaryText(summary, dryRun));
  } finally {
    progress.stop();
  }
}

const REASONS: Readonly<Record<string, string>> = {
  not_a_click: 'not a click on a link',
  not_answered: 'not answered with a redirect or a page',
  unknown_code: 'a code that no link has',
  malformed_code: 'a code that can be no link',
  link_disabled: 'the link was disabled then',
  head: 'HEAD request',
  link_preview: 'link preview of a messenger or network',
  bot: 'bot',
  prefetch: 'prefetch',
  repeated: 'the same click id again (page loaded anew)',
};

/** What became of every line, for people. */
function summaryText(summary: AccessLogSummary, dryRun: boolean): string {
  const line = (value: number, text: string) => `  ${count(value).padStart(11)}  ${text}`;
  const dropped = [...summary.dropped].sort(([, one], [, other]) => other - one);
  return [
    `${count(summary.lines)} lines read:`,
    ...(dryRun
      ? [line(summary.clicks, 'clicks that would be recorded (dry run, nothing was written)')]
      : [
          line(summary.recorded, 'clicks recorded'),
          line(summary.alreadyKnown, 'clicks that were recorded before'),
        ]),
    ...dropped.map(([reason, lines]) => line(lines, REASONS[reason] ?? reason)),
    ...(summary.unreadable === 0 ? [] : [line(summary.unreadable, 'not readable, such as:')]),
    ...summary.unreadableLines.map((bad) => `${' '.repeat(15)}line ${bad.line} ${bad.problem}`),
  ].join('\n');
}

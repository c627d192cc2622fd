import type { Stores } from '@provisie/engines';
import { checkAudit } from '../../audit/check-audit.ts';
import { exportAudit } from '../../audit/export-audit.ts';
import type { Manifest } from '../../audit/manifest.ts';
import { withLog, withReadModel } from '../../installation.ts';
import { showProgress } from '../../progress.ts';
import { count, print, table } from '../output.ts';

/** `provisie audit`: one export of everything; also while a server runs. */
export async function auditCommand(stores: Stores, folder: string): Promise<void> {
  const progress = showProgress('Exporting', 'positions');
  const { update: onProgress } = progress;
  try {
    const made = await withLog(stores, 'read', (store) =>
      withReadModel(stores, ({ readModel }) =>
        exportAudit({ store, readModel, folder, now: Date.now(), onProgress }),
      ),
    );
    progress.stop();
    warn(made);
  } finally {
    progress.stop();
  }
  const { manifest, manifestHash } = await checkAudit(folder, null);
  print(exportText(folder, manifest, manifestHash));
}

function warn({ log, readModel }: Manifest): void {
  const lag = log.headPosition - log.exportedPosition;
  if (lag > 0) {
    process.stderr.write(
      `Note: the export ends at position ${count(log.exportedPosition)}: ${count(lag)} newer positions are not in the read model yet; a running server or \`provisie rebuild\` takes them in.\n`,
    );
  }
  if (readModel.unreadableEvents > 0) {
    process.stderr.write(
      `Note: ${count(readModel.unreadableEvents)} events could not be read; they are in events.jsonl and count nowhere else.\n`,
    );
  }
}

function exportText(folder: string, { files, log }: Manifest, manifestHash: string): string {
  const rows = Object.entries(files).map(([name, { rows: lines, bytes }]) => [
    name,
    lines === null ? '' : count(lines),
    count(bytes),
  ]);
  return [
    table(['file', 'rows', 'bytes'], rows),
    '',
    `Everything up to position ${count(log.exportedPosition)} is in ${folder}; its README.txt tells how to check it.`,
    'Write this down where nobody can change it, the SHA-256 of its manifest:',
    `  ${manifestHash}`,
  ].join('\n');
}

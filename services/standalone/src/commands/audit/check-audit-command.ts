import { checkAudit, type AuditCheck } from '../../audit/check-audit.ts';
import { UsageError } from '@provisie/process';
import { count, print, table } from '../output.ts';

/** `provisie audit --check`: says of every file whether it is what the manifest says. */
export async function checkAuditCommand(folder: string, earlier: string | null): Promise<void> {
  const check = await checkAudit(folder, earlier);
  print(checkText(check));
  if (check.ok) return;
  const wrong = check.files.filter(({ problem }) => problem !== null).map(({ name }) => name);
  throw new UsageError(`${folder} is not the export that was made: ${wrong.join(', ')}.`);
}

function checkText({ files, manifest, manifestHash, ok }: AuditCheck): string {
  return [
    table(
      ['what', 'result'],
      files.map(({ name, problem }) => [name, problem ?? 'as exported']),
    ),
    '',
    ...(ok
      ? [
          `All of it is as exported at ${manifest.createdAt}, up to position ${count(manifest.log.exportedPosition)}.`,
        ]
      : []),
    `SHA-256 of the manifest: ${manifestHash}`,
  ].join('\n');
}

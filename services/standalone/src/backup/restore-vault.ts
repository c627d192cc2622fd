import { chmod, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { integrityOf } from '@provisie/event-store/sqlite/upkeep';
import { openSqliteVault } from '@provisie/privacy/sqlite';
import { UsageError } from '@provisie/process';
import { syncToDisk } from './durable.ts';
import { FILE_NAMES, type VaultManifest } from './manifest.ts';
import { requireUnchanged, type BackupPart } from './parts.ts';

/** Copies a vault from its backup into a folder, and opens it. */
export async function restoreVault(part: BackupPart<VaultManifest>, folder: string): Promise<void> {
  await requireUnchanged(part);
  const file = join(folder, FILE_NAMES.vault);
  await copyFile(part.file, file);
  await chmod(file, 0o600);
  openSqliteVault(file).close();
  const [fault] = integrityOf(file);
  if (fault !== undefined) throw new UsageError(`The vault in ${part.folder} is damaged: ${fault}`);
  await syncToDisk(file);
}

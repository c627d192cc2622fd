import { join } from 'node:path';
import { copyOnline } from '@provisie/event-store/sqlite/upkeep';
import { openSqliteVault } from '@provisie/privacy/sqlite';
import { writeDurably } from './durable.ts';
import { fileHash } from './file-hash.ts';
import { FILE_NAMES, MANIFEST, type VaultManifest } from './manifest.ts';
import { provisieVersion } from './version.ts';
import { wholeFolder } from './whole-folder.ts';

export interface VaultBackup {
  readonly from: string;
  readonly folder: string;
  readonly now: number;
}

/** Copies the vault as it is now. Taken after the log, it has the key of everything that the copy of the log holds. */
export async function backUpVault({
  from,
  folder: target,
  now,
}: VaultBackup): Promise<VaultManifest> {
  return await wholeFolder(target, async (folder) => {
    // Shows that it is a vault, and finishes what a killed process left half done.
    openSqliteVault(from).close();
    const file = join(folder, FILE_NAMES.vault);
    await copyOnline({ from, to: file });
    const manifest: VaultManifest = {
      format: 'provisie-backup',
      formatVersion: 1,
      createdAt: new Date(now).toISOString(),
      provisie: provisieVersion(),
      part: 'vault',
      file: { name: FILE_NAMES.vault, ...(await fileHash(file)) },
    };
    await writeDurably(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    return manifest;
  });
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '@provisie/process';

/** The files of one installation. `events` and `vault` are precious; the read model can be made again. */
export interface DataFolder {
  readonly folder: string;
  readonly events: string;
  readonly vault: string;
}

export function dataFolder(folder: string): DataFolder {
  return { folder, events: join(folder, 'events.sqlite'), vault: join(folder, 'vault.sqlite') };
}

/** Throws `UsageError` when nothing was ever recorded there: a wrong path must not make a new, empty folder. */
export function requireDataFolder(folder: string): DataFolder {
  const files = dataFolder(folder);
  if (!existsSync(files.events)) {
    throw new UsageError(
      `There is no data in ${folder} (no events.sqlite). Name the folder with --data or PROVISIE_DATA_DIR, or start with \`provisie serve\`.`,
    );
  }
  return files;
}

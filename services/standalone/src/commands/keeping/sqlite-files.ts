import { existsSync } from 'node:fs';
import { parseAddress, withoutPassword } from '@provisie/engines';
import type { Stores } from '@provisie/engines/variables';
import { UsageError } from '@provisie/process';

export interface SqliteFiles {
  readonly events: string;
  readonly vault: string;
}

/** Throws `UsageError` when log or vault are on another engine, or nothing was ever recorded there. */
export function sqliteFilesOf({ eventStore, vault }: Stores): SqliteFiles {
  const files = { events: fileAt(eventStore, 'log'), vault: fileAt(vault, 'vault') };
  if (existsSync(files.events)) return files;
  throw new UsageError(
    `There is no log at ${files.events}. Name the data folder with --data or PROVISIE_DATA_DIR, or start with \`provisie serve\`.`,
  );
}

function fileAt(text: string, what: string): string {
  const address = parseAddress(text, ['sqlite', 'postgresql', 'kurrent']);
  if (address.engine === 'sqlite') return address.file;
  throw new UsageError(
    `The ${what} is at ${withoutPassword(text)}, and this command is for SQLite files. Use that engine's own backup.`,
  );
}

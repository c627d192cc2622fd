import type { ReadModelHome } from '@provisie/read-model';
import { parseAddress } from './address.ts';

/**
 * Opens the home of the read model's generations at an address: on SQLite a folder, on PostgreSQL a database.
 * Throws `UsageError`, `ReadModelFileError` or `ReadModelDatabaseError`.
 */
export async function openReadModelHome(text: string): Promise<ReadModelHome> {
  const address = parseAddress(text, ['sqlite', 'postgresql']);
  const { openPostgresReadModelHome, openSqliteReadModelHome } =
    await import('@provisie/read-model');
  return address.engine === 'sqlite'
    ? openSqliteReadModelHome({ folder: address.file })
    : openPostgresReadModelHome({ url: address.url });
}

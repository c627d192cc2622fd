import type { ReadModelHome } from '@provisie/read-model';
import { parseAddress } from './address.ts';

/**
 * Opens the home of the read model's generations at an address: on SQLite a folder, on PostgreSQL a database.
 * A driver is loaded only when its engine is asked for.
 * Throws `UsageError`, `ReadModelFileError` or `ReadModelDatabaseError`.
 */
export async function openReadModelHome(text: string): Promise<ReadModelHome> {
  const address = parseAddress(text, ['sqlite', 'postgresql']);
  if (address.engine === 'sqlite') {
    const { openSqliteReadModelHome } = await import('@provisie/read-model');
    return openSqliteReadModelHome({ folder: address.file });
  }
  const { openPostgresReadModelHome } = await import('@provisie/read-model/postgres');
  return openPostgresReadModelHome({ url: address.url });
}

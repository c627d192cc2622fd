import { openSqliteReadModel, type OpenedReadModel } from '@provisie/read-model';
import { openPostgresReadModel } from '@provisie/read-model/postgres';

/** The read model of a folder, or of the database at an address, for queries only. */
export function openTrade(place: string): Promise<OpenedReadModel> {
  return isPostgres(place)
    ? openPostgresReadModel({ url: place, readOnly: true })
    : openSqliteReadModel({ folder: place, readOnly: true });
}

export function isPostgres(address: string): boolean {
  return address.startsWith('postgres:');
}

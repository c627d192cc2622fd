import type { MovableVault, VaultOptions } from '@provisie/privacy';
import { parseAddress } from './address.ts';

/** Opens the vault at an address. Throws `UsageError` or `VaultError`. */
export async function openVault(text: string, options: VaultOptions = {}): Promise<MovableVault> {
  const address = parseAddress(text, ['sqlite', 'postgresql']);
  switch (address.engine) {
    case 'sqlite': {
      const { openSqliteVault } = await import('@provisie/privacy/sqlite');
      return openSqliteVault(address.file, options);
    }
    case 'postgresql': {
      const { openPostgresVault } = await import('@provisie/privacy/postgres');
      return openPostgresVault(address.url, options);
    }
  }
}

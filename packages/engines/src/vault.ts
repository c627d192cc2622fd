import { existsSync } from 'node:fs';
import type { MovableVault } from '@provisie/privacy';
import { UsageError } from '@provisie/process';
import { parseAddress } from './address.ts';

/**
 * Opens the vault at an address; makes the one that isn't there, unless it `mustExist` as a file. Throws `UsageError`
 * or `VaultError`.
 */
export async function openVault(
  text: string,
  { mustExist = false }: { readonly mustExist?: boolean } = {},
): Promise<MovableVault> {
  const address = parseAddress(text, ['sqlite', 'postgresql']);
  switch (address.engine) {
    case 'sqlite': {
      if (mustExist && !existsSync(address.file)) {
        throw new UsageError(
          `There is no vault at ${address.file}, and under the keys of a new one every customer would be another. Name the one that the log was written with, or restore it; docs/how-to/back-up.md says what to do when it is lost.`,
        );
      }
      const { openSqliteVault } = await import('@provisie/privacy/sqlite');
      return openSqliteVault(address.file);
    }
    case 'postgresql': {
      const { openPostgresVault } = await import('@provisie/privacy/postgres');
      return openPostgresVault(address.url);
    }
  }
}

import { failureOf } from '@provisie/postgres';
import { VaultError } from './vault.ts';

/** Turns what the driver throws into a `VaultError` that names the vault as `name` does, never the password. */
export function vaultFailure(name: string, cause: unknown): VaultError {
  const { fault, message } = failureOf(name, cause);
  const code = fault === 'damaged' ? 'vault_corrupt' : 'vault_unavailable';
  return new VaultError(code, message, { cause });
}

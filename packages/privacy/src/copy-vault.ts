import { createHash } from 'node:crypto';
import type { VaultKeys } from './key-table.ts';
import type { MovableVault } from './key-vault.ts';
import { VaultError } from './vault.ts';

/** Shows that two vaults hold the same, and tells nothing about the keys. */
export interface CopyProof {
  readonly subjectKeys: number;
  readonly secrets: number;
  /** SHA-256 of all that a vault holds, as hexadecimal digits: equal for equal vaults. */
  readonly fingerprint: string;
}

/**
 * Copies a vault into an empty one; nobody else may use either meanwhile. A vault that is equal already is left as it
 * is, so a copy that broke off may be made again. The proof is of what was read back. Rejects with `VaultError`:
 * `vault_not_empty`; `vault_unavailable` when the two differ afterwards.
 */
export async function copyVault(from: MovableVault, to: MovableVault): Promise<CopyProof> {
  const keys = await from.exportKeys();
  const wanted = proofOf(keys);
  if (proofOf(await to.exportKeys()).fingerprint !== wanted.fingerprint) await to.importKeys(keys);
  const found = proofOf(await to.exportKeys());
  if (found.fingerprint === wanted.fingerprint) return found;
  throw new VaultError(
    'vault_unavailable',
    `The copy of the vault isn't equal to it: ${found.subjectKeys} keys of subjects and ${found.secrets} secrets instead of ${wanted.subjectKeys} and ${wanted.secrets}. Stop whatever uses either, and begin with an empty one.`,
  );
}

/** Of what a vault holds. */
function proofOf({ subjectKeys, secrets }: VaultKeys): CopyProof {
  const lines = [
    ...subjectKeys.map(({ keyId, subject, key }) => ['subject', keyId, subject, hex(key)]),
    ...secrets.map(({ name, secret }) => ['secret', name, hex(secret)]),
  ].map((fields) => JSON.stringify(fields));
  const hash = createHash('sha256');
  for (const line of lines.toSorted()) hash.update(`${line}\n`);
  return {
    subjectKeys: subjectKeys.length,
    secrets: secrets.length,
    fingerprint: hash.digest('hex'),
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

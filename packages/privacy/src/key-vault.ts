import { randomBytes } from 'node:crypto';
import type { JsonObject, Sealed } from '@provisie/domain';
import { toBase64Url } from './bytes.ts';
import type { KeyTable, VaultKeys } from './key-table.ts';
import { NewKeys } from './new-keys.ts';
import { openUnder, sealUnder } from './sealing.ts';
import type { SubjectKey } from './sealing.ts';
import { VaultError } from './vault.ts';
import type { Vault } from './vault.ts';

/** A vault that can be moved to another engine. */
export interface MovableVault extends Vault {
  /** All that it holds, to copy it or to see what is there. */
  exportKeys(): Promise<VaultKeys>;
  /** All or nothing. Rejects with `VaultError` `vault_not_empty` when it holds anything else. */
  importKeys(keys: VaultKeys): Promise<void>;
}

/** A vault on a table of keys, whatever the engine. */
export class KeyVault implements MovableVault {
  readonly #table: KeyTable;
  readonly #newKeys: NewKeys;
  readonly #sealing = new Set<Promise<Sealed>>();

  constructor(table: KeyTable) {
    this.#table = table;
    this.#newKeys = new NewKeys((subjects) => table.add([...subjects].map(newKey)));
  }

  async seal(subject: string, value: JsonObject): Promise<Sealed> {
    const sealing = this.#seal(subject, value);
    this.#sealing.add(sealing);
    try {
      return await sealing;
    } finally {
      this.#sealing.delete(sealing);
    }
  }

  async open(sealed: Sealed): Promise<JsonObject | null> {
    const subjectKey = await this.#table.ofId(sealed.keyId);
    return subjectKey === undefined ? null : openUnder(subjectKey, sealed);
  }

  async erase(subject: string): Promise<void> {
    // What is being sealed goes too: it mustn't come out under a key that is made after this.
    await Promise.allSettled(this.#sealing);
    await this.#table.erase(subject);
  }

  secret(name: string): Promise<Uint8Array> {
    return this.#table.secret(name, random(32));
  }

  exportKeys(): Promise<VaultKeys> {
    return this.#table.all();
  }

  async importKeys(keys: VaultKeys): Promise<void> {
    if ((await this.#table.fill(keys)) === 'filled') return;
    throw new VaultError(
      'vault_not_empty',
      'The vault to copy into holds keys of its own. Nothing was changed; copy into an empty one.',
    );
  }

  close(): void {
    void this.#newKeys.flush();
    this.#table.close();
  }

  async #seal(subject: string, value: JsonObject): Promise<Sealed> {
    const known = await this.#table.ofSubject(subject);
    if (known !== undefined) return sealUnder(known, value);
    await this.#newKeys.add(subject);
    const made = await this.#table.ofSubject(subject);
    if (made !== undefined) return sealUnder(made, value);
    throw new VaultError('vault_unavailable', 'The key was erased at the same moment. Try again.');
  }
}

function newKey(subject: string): SubjectKey {
  return { keyId: toBase64Url(random(16)), subject, key: random(32) };
}

function random(bytes: number): Uint8Array {
  return new Uint8Array(randomBytes(bytes));
}

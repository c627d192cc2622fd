import type { SubjectKey } from './sealing.ts';

export interface Secret {
  readonly name: string;
  /** 32 bytes. */
  readonly secret: Uint8Array;
}

/** Everything that a vault holds. Whoever has it can open all that was ever sealed. */
export interface VaultKeys {
  readonly subjectKeys: readonly SubjectKey[];
  readonly secrets: readonly Secret[];
}

/** Where a vault keeps its keys. Several processes may use the same. All reject with `VaultError`. */
export interface KeyTable {
  ofSubject(subject: string): Promise<SubjectKey | undefined>;
  ofId(keyId: string): Promise<SubjectKey | undefined>;
  /** In one change. A subject that has a key keeps that. */
  add(keys: readonly SubjectKey[]): Promise<void>;
  /** Takes the key out, also of the disk. */
  erase(subject: string): Promise<void>;
  /** The secret of this name, which is the offered one if there was none. */
  secret(name: string, offered: Uint8Array): Promise<Uint8Array>;
  all(): Promise<VaultKeys>;
  /** In one change; null, and nothing changed, when it holds anything already. */
  fill(keys: VaultKeys): Promise<'filled' | null>;
  /** Ends what it holds; what is asked afterwards rejects with `vault_closed`. */
  close(): void;
}

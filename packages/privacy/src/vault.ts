import type { JsonObject, Sealed } from '@provisie/domain';

/**
 * Keeps the keys of sealed personal data, apart from the log. A subject is whoever the data is about,
 * such as a partner's id.
 */
export interface Vault {
  /** AES-256-GCM under the subject's own key, which is made at first use; after `erase` a new one is made. */
  seal(subject: string, value: JsonObject): Promise<Sealed>;
  /**
   * Null once the subject was erased (or if another vault sealed it). Rejects with `VaultError`
   * `sealed_tampered` when it isn't what was sealed.
   */
  open(sealed: Sealed): Promise<JsonObject | null>;
  /** Everything sealed for the subject up to now can't be opened any more. Nothing to erase is no error. */
  erase(subject: string): Promise<void>;
  /** 32 random bytes, made at first use and then always the same. */
  secret(name: string): Promise<Uint8Array>;
  /** What is asked afterwards rejects with `VaultError` `vault_closed`. */
  close(): void;
}

export type VaultErrorCode =
  | 'sealed_tampered'
  /** There is none, where one must be. */
  | 'vault_missing'
  | 'vault_foreign'
  | 'vault_newer'
  | 'vault_corrupt'
  | 'vault_closed'
  /** Would be copied into, and holds something else. */
  | 'vault_not_empty'
  | 'vault_unavailable';

/** A failure of the vault with a code that callers can rely on; `message` is fit for a person. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  readonly code: VaultErrorCode;

  constructor(code: VaultErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** How a vault is opened, whatever the engine. */
export interface VaultOptions {
  /** One that isn't there is made; where it must exist, that rejects with `vault_missing`. An empty one counts. */
  readonly mustExist?: boolean;
}

export function vaultMissing(where: string): VaultError {
  return new VaultError(
    'vault_missing',
    `There is no vault at ${where}, and under the keys of a new one every customer would be another. Name the one that the log was written with, or restore it; docs/how-to/back-up.md says what to do when it is lost.`,
  );
}

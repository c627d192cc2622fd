/** Who is calling: the access key, not a person. */
export interface Principal {
  readonly keyId: string;
  readonly scopes: readonly string[];
  /** Whose data a `partner` key may read; null for other keys. */
  readonly partnerId: string | null;
}

/** The keys that are valid right now. */
export interface KeyRing {
  /** `secretHash`: SHA-256 of the secret, hex. */
  find(secretHash: string): Principal | null;
}

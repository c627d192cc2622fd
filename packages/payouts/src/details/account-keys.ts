import { hmacKey } from '@provisie/privacy';

/** Names a bank account without saying which it is: HMAC-SHA-256 in base64url, 43 characters. */
export interface AccountKeys {
  /** Of an IBAN in electronic format. */
  ofIban(iban: string): Promise<string>;
}

/** The same secret gives the same keys, so it must be kept as long as the log. */
export function createAccountKeys(secret: Uint8Array): AccountKeys {
  const key = hmacKey(secret);
  return {
    ofIban: async (iban) => Buffer.from(await key.sign(`iban\n${iban}`)).toString('base64url'),
  };
}

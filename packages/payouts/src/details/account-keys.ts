import { hmacKey } from '@provisie/privacy';

/** Names a bank account without saying which it is: HMAC-SHA-256 in base64url, 43 characters. */
export interface AccountKeys {
  /** Of an IBAN in electronic format. */
  ofIban(iban: string): Promise<string>;
  /** Of the hash of a request that holds an account: nobody can find the account by trying numbers. */
  ofRequest(requestHash: string): Promise<string>;
}

/** The same secret gives the same keys, so it must be kept as long as the log. */
export function createAccountKeys(secret: Uint8Array): AccountKeys {
  const key = hmacKey(secret);
  const sign = async (message: string) =>
    Buffer.from(await key.sign(message)).toString('base64url');
  return {
    ofIban: (iban) => sign(`iban\n${iban}`),
    ofRequest: (requestHash) => sign(`request\n${requestHash}`),
  };
}

import { createCustomerKeys, type CustomerKeys } from './customer-keys.ts';
import { createIpHasher, type IpHasher } from './ip-hasher.ts';
import { SECRETS } from './secrets.ts';
import type { Vault } from './vault.ts';

/** What a touch shows of a customer and of an address. */
export interface TouchHashes {
  readonly customerKeys: CustomerKeys;
  readonly ipHasher: IpHasher;
}

export async function touchHashesOf(vault: Pick<Vault, 'secret'>): Promise<TouchHashes> {
  return {
    customerKeys: createCustomerKeys(await vault.secret(SECRETS.customerKeys)),
    ipHasher: createIpHasher(await vault.secret(SECRETS.ipHashes)),
  };
}

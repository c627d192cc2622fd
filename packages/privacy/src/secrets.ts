/** The names of the vault's secrets. Never to be changed: what is in the log was made with them. */
export const SECRETS = {
  customerKeys: 'customer-keys',
  ipHashes: 'ip-hashes',
  importedVisitors: 'imported-visitors',
  payoutAccounts: 'payout-accounts',
} as const;

/** What runs anywhere, edge runtimes included: customers and addresses by their hashes. */
export * from './bytes.ts';
export * from './customer-keys.ts';
export * from './hmac.ts';
export * from './ip-hasher.ts';

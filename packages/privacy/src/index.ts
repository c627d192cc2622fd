export * from './bytes.ts';
export * from './customer-keys.ts';
export * from './hmac.ts';
export * from './ip-hasher.ts';
export * from './vault.ts';
export * from './secrets.ts';

export * from './bytes.ts';
export * from './copy-vault.ts';
export * from './customer-keys.ts';
export * from './hmac.ts';
export * from './ip-hasher.ts';
export type { MovableVault } from './key-vault.ts';
export * from './secrets.ts';
export * from './touch-hashes.ts';
export * from './vault.ts';

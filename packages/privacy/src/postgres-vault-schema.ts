import type { OwnSchema } from '@provisie/postgres';

/** "PvVt" in ASCII, as a family of advisory locks. */
const LOCK_FAMILY = 0x50_76_56_74;

export const vaultSchema: OwnSchema = {
  name: 'provisie_vault',
  kind: 'provisie vault',
  lock: [LOCK_FAMILY, 1],
  migrations: [
    `
      CREATE TABLE provisie_vault.subject_keys (
        key_id text COLLATE "C" PRIMARY KEY,
        subject text COLLATE "C" NOT NULL UNIQUE,
        key bytea NOT NULL CHECK (octet_length(key) = 32)
      );
      CREATE TABLE provisie_vault.secrets (
        name text COLLATE "C" PRIMARY KEY,
        secret bytea NOT NULL CHECK (octet_length(secret) = 32)
      );
    `,
  ],
};

import { join, resolve } from 'node:path';
import { UsageError } from '@provisie/process';
import { z } from 'zod';
import { parseAddress, type EngineName } from './address.ts';

/** An address of one of these engines. */
export function addressVariable(...engines: readonly EngineName[]) {
  return z.string().superRefine((text, context) => {
    try {
      parseAddress(text, engines);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      context.addIssue({ code: 'custom', message: `is no address: ${error.message}` });
    }
  });
}

/** Where a process finds the log, the read model and the vault. */
export const STORE_VARIABLES = {
  PROVISIE_DATA_DIR: z.string().default('data'),
  PROVISIE_EVENT_STORE: addressVariable('sqlite', 'postgresql', 'kurrent').optional(),
  PROVISIE_READ_MODEL: addressVariable('sqlite', 'postgresql').optional(),
  PROVISIE_VAULT: addressVariable('sqlite', 'postgresql').optional(),
} as const;

/** They may hold passwords, so they may also be named as files (`withSecretFiles`). */
export const STORE_SECRETS = [
  'PROVISIE_EVENT_STORE',
  'PROVISIE_READ_MODEL',
  'PROVISIE_VAULT',
] as const;

/** Addresses. */
export interface Stores {
  readonly eventStore: string;
  readonly readModel: string;
  readonly vault: string;
}

/** What isn't said lies in the data folder, on SQLite. */
export function storesOf(read: z.output<z.ZodObject<typeof STORE_VARIABLES>>): Stores {
  const inFolder = storesInFolder(resolve(read.PROVISIE_DATA_DIR));
  return {
    eventStore: read.PROVISIE_EVENT_STORE ?? inFolder.eventStore,
    readModel: read.PROVISIE_READ_MODEL ?? inFolder.readModel,
    vault: read.PROVISIE_VAULT ?? inFolder.vault,
  };
}

export function storesInFolder(folder: string): Stores {
  return {
    eventStore: `sqlite:${join(folder, 'events.sqlite')}`,
    readModel: `sqlite:${folder}`,
    vault: `sqlite:${join(folder, 'vault.sqlite')}`,
  };
}

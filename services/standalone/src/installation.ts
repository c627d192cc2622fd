import { existsSync } from 'node:fs';
import {
  openEventStore,
  openReadModelHome,
  openVault,
  parseAddress,
  type Stores,
} from '@provisie/engines';
import type { ImportingStore } from '@provisie/event-store';
import type { Vault } from '@provisie/privacy';
import { UsageError } from '@provisie/process';
import { ReadModelBuildingError, type OpenedReadModel } from '@provisie/read-model';

/**
 * Runs a command's work on the log of an installation. Throws `UsageError` when nothing was ever recorded in its
 * folder: a wrong path must not make a new, empty one.
 */
export async function withLog<Result>(
  { eventStore }: Stores,
  mode: 'read' | 'write',
  work: (store: ImportingStore) => Promise<Result>,
): Promise<Result> {
  const address = parseAddress(eventStore, ['sqlite', 'postgresql', 'kurrent']);
  if (address.engine === 'sqlite' && !existsSync(address.file)) {
    throw new UsageError(
      `There is no event store at ${address.file}. Name the data folder with --data or PROVISIE_DATA_DIR, or start with \`provisie serve\`.`,
    );
  }
  const store = await openEventStore(eventStore, { readOnly: mode === 'read' });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

export async function withVault<Result>(
  { vault: address }: Stores,
  work: (vault: Vault) => Promise<Result>,
): Promise<Result> {
  const vault = await openVault(address);
  try {
    return await work(vault);
  } finally {
    vault.close();
  }
}

/** Throws `ReadModelBuildingError` when no read model is live yet. */
export async function withReadModel<Result>(
  { readModel }: Stores,
  work: (opened: OpenedReadModel) => Promise<Result>,
): Promise<Result> {
  const home = await openReadModelHome(readModel);
  try {
    const generation = await home.catalogue.live(home.version);
    if (generation === null) throw new ReadModelBuildingError(null);
    const opened = await home.open(generation, 'read');
    try {
      return await work(opened);
    } finally {
      await opened.close();
    }
  } finally {
    await home.close();
  }
}

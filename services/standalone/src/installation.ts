import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
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
import type { OpenedReadModel } from '@provisie/read-model';

const NOT_BUILT =
  'There is no read model yet. Make it with `provisie rebuild`; a running `provisie serve` makes it by itself.';

/** Throws `UsageError` when nothing was ever recorded there: a wrong path must not make a new, empty folder. */
export function requireLog({ eventStore }: Stores): void {
  const address = parseAddress(eventStore, ['sqlite', 'postgresql', 'kurrent']);
  if (address.engine !== 'sqlite' || existsSync(address.file)) return;
  throw new UsageError(
    `There is no data in ${dirname(address.file)} (no ${basename(address.file)}). Name the folder with --data or PROVISIE_DATA_DIR, or start with \`provisie serve\`.`,
  );
}

/** Runs a command's work on the log of an installation. Throws `UsageError` as `requireLog`. */
export async function withLog<Result>(
  stores: Stores,
  mode: 'read' | 'write',
  work: (store: ImportingStore) => Promise<Result>,
): Promise<Result> {
  requireLog(stores);
  const store = await openEventStore(stores.eventStore, { readOnly: mode === 'read' });
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
  const vault = await openVault(address, { mustExist: true });
  try {
    return await work(vault);
  } finally {
    vault.close();
  }
}

/** Throws `UsageError` when no read model is live yet. */
export async function withReadModel<Result>(
  { readModel }: Stores,
  work: (opened: OpenedReadModel) => Promise<Result>,
): Promise<Result> {
  const home = await openReadModelHome(readModel);
  try {
    const generation = await home.catalogue.live(home.version);
    if (generation === null) throw new UsageError(NOT_BUILT);
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

import type { EventStore } from '@provisie/event-store';
import { openSqliteReadModelHome, rebuildBeside } from '@provisie/read-model';

/** Builds the read model of a folder from the log, as `provisie rebuild` does; resolves to the position it ends at. */
export async function buildReadModel(store: EventStore, folder: string): Promise<number> {
  const home = await openSqliteReadModelHome({ folder });
  try {
    const { progress } = await rebuildBeside({ store, home });
    return progress.handled;
  } finally {
    await home.close();
  }
}

import { eventStoreContract } from './event-store-contract.ts';
import { StoreFolder, WRITING_THREADS } from './sqlite-files.ts';

for (const writesOn of WRITING_THREADS) {
  eventStoreContract({
    name: `SQLite, written to on ${writesOn}`,
    importing: { positions: 'kept' },
    open: async () => {
      const folder = new StoreFolder(writesOn);
      return {
        store: folder.open(),
        reopen: async () => folder.open({ readOnly: true }),
        cleanUp: () => folder.remove(),
      };
    },
  });
}

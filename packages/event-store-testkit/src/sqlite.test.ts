import { eventStoreContract } from './event-store-contract.ts';
import { StoreFolder } from './sqlite-files.ts';

eventStoreContract({
  name: 'SQLite',
  importing: { positions: 'kept' },
  open: async () => {
    const folder = new StoreFolder();
    return {
      store: folder.open(),
      reopen: async () => folder.open({ readOnly: true }),
      cleanUp: () => folder.remove(),
    };
  },
});

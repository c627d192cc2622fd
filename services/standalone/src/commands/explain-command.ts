import { explain } from '@provisie/domain';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { openSqliteReadModel, projectorLag } from '@provisie/read-model';
import { UsageError } from '@provisie/process';
import { requireDataFolder } from '../data-folder.ts';
import { count, print } from './output.ts';

/** `provisie explain`: the decision of one order in words; also while a server runs. */
export async function explainCommand(folder: string, orderId: string): Promise<void> {
  const files = requireDataFolder(folder);
  const store = openSqliteEventStore({ file: files.events, readOnly: true });
  try {
    const opened = await openSqliteReadModel({ folder: files.folder, readOnly: true });
    try {
      const lag = await projectorLag(store, opened.database, Date.now());
      const decision = await opened.readModel.decision(orderId);
      if (lag.positions > 0) {
        process.stderr.write(
          `Note: ${count(lag.positions)} newer events are not in the read model yet; a running server or \`provisie rebuild\` takes them in.\n`,
        );
      }
      if (decision === null) throw new UsageError(`There is no decision on an order ${orderId}.`);
      print(explain(decision, { at: Date.now() }));
    } finally {
      await opened.close();
    }
  } finally {
    await store.close();
  }
}

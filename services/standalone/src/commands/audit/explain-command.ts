import { explain } from '@provisie/domain';
import type { Stores } from '@provisie/engines';
import { UsageError } from '@provisie/process';
import { projectorLag } from '@provisie/read-model';
import { withLog, withReadModel } from '../../installation.ts';
import { count, print } from '../output.ts';

/** `provisie explain`: the decision of one order in words; also while a server runs. */
export async function explainCommand(stores: Stores, orderId: string): Promise<void> {
  await withLog(stores, 'read', (store) =>
    withReadModel(stores, async ({ readModel }) => {
      const lag = await projectorLag(store, await readModel.status(), Date.now());
      const decision = await readModel.decision(orderId);
      if (lag.positions > 0) {
        process.stderr.write(
          `Note: ${count(lag.positions)} newer events are not in the read model yet; a running server or \`provisie rebuild\` takes them in.\n`,
        );
      }
      if (decision === null) throw new UsageError(`There is no decision on an order ${orderId}.`);
      print(explain(decision, { at: Date.now() }));
    }),
  );
}

// The projector on what the log holds beyond the read model; it counts the orders that payouts name.
import { readFact } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { openSqliteReadModel, Projection } from '@provisie/read-model';
import { logIn } from '../payout-office.ts';
import { phase } from '../phases.ts';

const [folder = ''] = process.argv.slice(2);
const store = openSqliteEventStore({ file: logIn(folder), readOnly: true });
const model = await openSqliteReadModel({ folder });
await phase('payout-projector', async () => {
  const projection = await Projection.resume(model.database, { unreadable: 'stop', now: Date.now });
  let orders = 0;
  for await (const events of store.readAll(projection.position)) {
    await projection.apply(events);
    for (const event of events) {
      if (event.type !== 'PayoutScheduled') continue;
      const fact = readFact(event);
      if (fact.type === 'PayoutScheduled') orders += fact.data.lines.length;
    }
  }
  return orders;
});
await model.close();
await store.close();

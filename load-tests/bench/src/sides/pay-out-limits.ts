// The limits of a payout run, over the folder in which it was made.
import path from 'node:path';
import Database from 'better-sqlite3';
import { readFact, type NewEvent, type RecordedEvent } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { readModelFile } from '@provisie/read-model';
import { logIn } from '../payout-office.ts';
import { phase } from '../phases.ts';

const [market = '', folder = ''] = process.argv.slice(2);
const WRITERS = 64;

/** The rows that every preview must read, once, in the order of partners; before anything was paid of them. */
await phase('scan', async () => {
  const db = new Database(readModelFile(market), { readonly: true });
  const views = db.prepare<[], { view: string }>('select view from partners order by partner_id');
  const items = db.prepare<[string], { partner_id: string }>(
    'select * from open_items where currency = ? order by partner_id, order_id',
  );
  for (const { view } of views.iterate()) JSON.parse(view);
  let partners = 0;
  let partnerId = '';
  for (const item of items.iterate('EUR')) {
    if (item.partner_id !== partnerId) partners += 1;
    partnerId = item.partner_id;
  }
  db.close();
  return partners;
});

const log = openSqliteEventStore({ file: logIn(folder), readOnly: true });

interface Append {
  readonly stream: string;
  readonly events: NewEvent[];
}

/** What the run wrote into the payouts' streams of these types: what was appended together. */
async function* appendsOf(types: readonly string[]): AsyncGenerator<Append> {
  for await (const batch of log.readAll(0, { categories: ['payouts'] })) {
    const wanted = batch.filter(({ type }) => types.includes(type));
    for (const [stream, events] of Map.groupBy(wanted, (event) => event.stream)) {
      yield { stream, events: events.map(again) };
    }
  }
}

function again(recorded: RecordedEvent): NewEvent {
  const { id, type, occurredAt, data } = readFact(recorded);
  return { id, type, occurredAt, data, version: recorded.version, metadata: recorded.metadata };
}

/** Appends them to an empty log, 64 streams at a time, and decides nothing; reading them isn't counted. */
async function appendAgain(name: string, types: readonly string[]): Promise<void> {
  const store = openSqliteEventStore({ file: path.join(folder, `${name}.sqlite`) });
  let operations = 0;
  let milliseconds = 0;
  let together: Append[] = [];
  const append = async () => {
    const started = performance.now();
    await Promise.all(together.map(({ stream, events }) => store.append(stream, events, 'any')));
    milliseconds += performance.now() - started;
    operations += together.length;
    together = [];
  };
  for await (const next of appendsOf(types)) {
    together.push(next);
    if (together.length === WRITERS) await append();
  }
  await append();
  await store.close();
  const seconds = milliseconds / 1000;
  console.log(JSON.stringify({ name, operations, seconds, p50: null, p99: null, peakRssMb: 0 }));
}

await appendAgain('schedule', ['PayoutScheduled']);
await appendAgain('export', ['PayoutExported', 'DocumentIssued']);

/** What the files tell of, once, in the order of the log. */
await phase('read', async () => {
  let payouts = 0;
  for await (const batch of log.readAll(0, { categories: ['payouts', 'partner'] })) {
    for (const { type } of batch) if (type === 'PayoutScheduled') payouts += 1;
  }
  return payouts;
});
await log.close();

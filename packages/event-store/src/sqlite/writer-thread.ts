// The thread that writes to a store's file. What arrives while a transaction is on its way to the disk gathers into the
// next one.
import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import type { RecordedEvent } from '../event-store.ts';
import type { PreparedAppend } from '../prepared-append.ts';
import { Checkpoints } from './checkpoints.ts';
import { openForWriting } from './event-file.ts';
import { EventImporter } from './event-importer.ts';
import { EventWriter } from './event-writer.ts';
import { unpackedAppends } from './packed-appends.ts';
import { packedOutcomes } from './packed-outcomes.ts';
import { sent } from './sent-failure.ts';
import { storeFailure } from './store-failure.ts';
import type { WriterOrder, WriterReport } from './writer-orders.ts';

/** A group is complete with these: more in one transaction would keep its first appends waiting for too long. */
const COMPLETE_GROUP_EVENTS = 4096;

const port = mustBeThread(parentPort);
/** What `ThreadedWriter` started it with. */
const [file = '', maxFileBytes = ''] = process.argv.slice(2);
const database = openForWriting(file, maxFileBytes === '' ? null : Number(maxFileBytes));
const writer = new EventWriter(database);
const checkpoints = new Checkpoints(file);
let importer: EventImporter | null = null;

port.on('message', (first: WriterOrder) => {
  for (let order: WriterOrder | undefined = first; order !== undefined;) {
    if (order.kind === 'append') {
      order = writeWithFollowing(order);
    } else {
      if (order.kind === 'import') importEvents(order.events);
      else void close();
      order = nextOrder();
    }
  }
});

function nextOrder(): WriterOrder | undefined {
  const received: { readonly message: WriterOrder } | undefined = receiveMessageOnPort(port);
  return received?.message;
}

/** Writes the appends of this order and of those that wait behind it; returns the first order that isn't among them. */
function writeWithFollowing(
  first: Extract<WriterOrder, { kind: 'append' }>,
): WriterOrder | undefined {
  const group: PreparedAppend[] = [];
  let events = 0;
  let { now } = first;
  let order: WriterOrder | undefined = first;
  while (order?.kind === 'append' && events < COMPLETE_GROUP_EVENTS) {
    for (const append of unpackedAppends(order.appends)) {
      group.push(append);
      events += append.events.length;
    }
    now = order.now;
    order = nextOrder();
  }
  write(group, now);
  checkpoints.written(events);
  return order;
}

function write(group: readonly PreparedAppend[], now: number): void {
  const startedAt = performance.now();
  try {
    const outcomes = packedOutcomes(writer.write(group, now));
    report({ kind: 'written', outcomes, milliseconds: performance.now() - startedAt });
  } catch (error) {
    report({ kind: 'refused', appends: group.length, failure: sent(storeFailure(file, error)) });
  }
}

function importEvents(events: readonly RecordedEvent[]): void {
  try {
    importer ??= new EventImporter(database);
    importer.import(events);
    report({ kind: 'imported', failure: null });
  } catch (error) {
    report({ kind: 'imported', failure: sent(storeFailure(file, error)) });
  } finally {
    writer.forget();
  }
}

async function close(): Promise<void> {
  await checkpoints.close();
  database.close();
  port.close();
}

function report(what: WriterReport): void {
  port.postMessage(what);
}

function mustBeThread<Port>(given: Port | null): Port {
  if (given === null) throw new Error('This runs in a thread of its own.');
  return given;
}

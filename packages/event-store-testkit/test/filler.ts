// Appends until the store is full, has the limit on file sizes lifted, and appends again.
import { execFileSync } from 'node:child_process';
import { EventStoreError, createEventIds } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';

const [file = '', thread = ''] = process.argv.slice(2);
const writesOn = thread === 'own_thread' ? thread : 'callers_thread';
const store = openSqliteEventStore({ file, writesOn });
const nextId = createEventIds();
const acknowledged: string[] = [];

async function append(): Promise<void> {
  const id = nextId();
  const data = { text: 'x'.repeat(20_000) };
  const event = { id, type: 'Noted', version: 1, occurredAt: 0, data };
  const result = await store.append('order-1', [event], 'any');
  if (result.ok) acknowledged.push(id);
}

let code = '';
while (code === '') {
  try {
    await append();
  } catch (error) {
    code = error instanceof EventStoreError ? error.code : String(error);
  }
}
execFileSync('prlimit', ['--pid', String(process.pid), '--fsize=unlimited']);
const before = acknowledged.length;
await append();
await append();
await store.close();
console.log(JSON.stringify({ code, wentOn: acknowledged.length === before + 2, acknowledged }));

// Appends without end and prints the id of each acknowledged event with how long it took; a test ends it.
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { closed } from './precious-files.ts';

const [file = '', pauseMs = '2'] = process.argv.slice(2);
const store = openSqliteEventStore({ file });
for (let n = 0; ; n += 1) {
  const event = closed(n);
  const startedAt = performance.now();
  const result = await store.append(`programme-p${n % 50}`, [event], 'any');
  if (result.ok) writeSync(1, `${event.id} ${(performance.now() - startedAt).toFixed(1)}\n`);
  await pause(Number(pauseMs));
}

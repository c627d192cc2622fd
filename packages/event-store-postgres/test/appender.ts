// Appends without end, a few at a time, and prints the ids of what was acknowledged; a test kills it.
import { writeSync } from 'node:fs';
import { createEventIds } from '@provisie/event-store';
import { openPostgresEventStore } from '../src/index.ts';

const url = process.env['EVENTS_URL'] ?? '';
const store = await openPostgresEventStore({ url });
const nextId = createEventIds();

async function appendWithoutEnd(writer: number): Promise<void> {
  for (let n = 0; ; n += 1) {
    const added = Array.from({ length: (n % 3) + 1 }, () => ({
      id: nextId(),
      type: 'Noted',
      version: 1,
      occurredAt: Date.now(),
      data: { writer, n, text: 'x'.repeat((n * 97) % 700) },
    }));
    const result = await store.append(`touches-${writer % 4}`, added, 'any');
    // Straight to the pipe: what is printed has left the process when it is killed.
    if (result.ok) writeSync(1, added.map(({ id }) => `${id}\n`).join(''));
  }
}

await Promise.all(Array.from({ length: 16 }, (_, writer) => appendWithoutEnd(writer)));

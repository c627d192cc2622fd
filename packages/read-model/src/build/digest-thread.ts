// Reads a log and digests it, a little ahead of who inserts what comes of it.
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import type { EventStore } from '@provisie/event-store';
import { z } from 'zod';
import { digestsOf } from './digests-here.ts';
import type { FromThread } from './digests-apart.ts';

const { elsewhere, until, ahead } = z
  .object({
    elsewhere: z.object({ module: z.string(), options: z.unknown() }),
    until: z.number(),
    ahead: z.int(),
  })
  .parse(workerData);
const openingSchema = z.object({
  openElsewhere: z.custom<(options: unknown) => EventStore>((value) => typeof value === 'function'),
});

if (parentPort === null) throw new Error('This runs as a thread.');
const port = parentPort;
const say = (message: FromThread) => {
  port.postMessage(message, []);
};

const opening: unknown = await import(elsewhere.module);
const store = openingSchema.parse(opening).openElsewhere(elsewhere.options);
try {
  let notTaken = 0;
  for await (const digest of digestsOf({ store, until })) {
    say({ digest });
    notTaken += 1;
    if (notTaken < ahead) continue;
    await once(port, 'message');
    notTaken -= 1;
  }
  say({ digest: null });
} finally {
  await store.close();
}

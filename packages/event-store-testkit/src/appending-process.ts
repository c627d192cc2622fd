import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { createEventIds, type EventStore } from '@provisie/event-store';

/** Of a process that a test kills: appends a few at a time, for ever, and prints the ids of what was acknowledged. */
export async function appendForEver(store: EventStore, writers: number): Promise<never> {
  // What it compiled is kept at its end, which never comes.
  flushCompileCache();
  const nextId = createEventIds();
  const write = async (writer: number) => {
    for (let n = 0; ; n += 1) {
      const added = Array.from({ length: (n % 3) + 1 }, () => ({
        id: nextId(),
        type: 'Noted',
        version: 1,
        occurredAt: Date.now(),
        data: { writer, n, text: 'x'.repeat((n * 97) % 700) },
      }));
      const result = await store.append(`touches-${writer % 4}`, added, 'any');
      // At once to the pipe, as long as whoever reads it keeps up.
      if (result.ok) process.stdout.write(added.map(({ id }) => `${id}\n`).join(''));
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  throw new Error('it never ends by itself');
}

/**
 * Starts such a process and kills it as soon as so many bytes were acknowledged: never at the same place of a
 * transaction. Resolves to the ids that it printed.
 */
export async function acknowledgedUntilKilled(
  script: URL,
  args: readonly string[],
  bytes: number,
): Promise<string[]> {
  const child = spawn(process.execPath, [fileURLToPath(script), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let complaints = '';
  child.stderr.on('data', (chunk) => (complaints += String(chunk)));
  child.stdout.on('data', (chunk) => {
    printed += String(chunk);
    if (printed.length >= bytes) child.kill('SIGKILL');
  });
  await once(child, 'close');
  if (child.signalCode !== 'SIGKILL') {
    throw new Error(`the appender ended by itself: ${complaints}`);
  }
  // A last line that was cut off is no acknowledgement that could be read.
  return printed.split('\n').slice(0, -1);
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StoreFolder } from '../src/sqlite-files.ts';
import { expectGrowing, idsOf, ofLog } from '../src/contract/given.ts';

const appender = fileURLToPath(new URL('appender.ts', import.meta.url));
const kills = 12;

let folder: StoreFolder;

beforeEach(() => {
  folder = new StoreFolder();
});

afterEach(() => folder.remove());

/** Kills it as soon as so many bytes were acknowledged: never at the same place of a transaction. */
async function acknowledgedUntilKilled(bytes: number): Promise<string[]> {
  const child = spawn(process.execPath, [appender, folder.file, '16'], {
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
  if (child.signalCode !== 'SIGKILL')
    throw new Error(`the appender ended by itself: ${complaints}`);
  // A last line that was cut off is no acknowledgement that could be read.
  return printed.split('\n').slice(0, -1);
}

test(`what was acknowledged is there exactly once after ${kills} kills at any moment`, async () => {
  const acknowledged: string[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    acknowledged.push(...(await acknowledgedUntilKilled(2_000 + kill * 1_300)));

    // By turns the first to come after the kill is a reader, as when an operator looks at what happened.
    const store = folder.open({ readOnly: kill % 2 === 1 });
    const log = await ofLog(store);
    const ids = new Set(idsOf(log));
    expect(ids.size).toBe(log.length);
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    expectGrowing(log.map(({ position }) => position));
    for (const stream of [0, 1, 2, 3]) {
      const revisions = log
        .filter((event) => event.stream === `touches-${stream}`)
        .map(({ revision }) => revision);
      expect(revisions).toEqual(revisions.map((_, index) => index));
    }
    await store.close();
  }
  expect(acknowledged.length).toBeGreaterThan(kills * 40);
}, 120_000);

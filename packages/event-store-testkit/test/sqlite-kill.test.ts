import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acknowledgedUntilKilled } from '../src/appending-process.ts';
import { StoreFolder, WRITING_THREADS } from '../src/sqlite-files.ts';
import { expectGrowing, idsOf, ofLog } from '../src/contract/given.ts';

const appender = new URL('appender.ts', import.meta.url);
const kills = 12;

let folder: StoreFolder;

describe.each(WRITING_THREADS)('a store, written to on %s', (writesOn) => {
  beforeEach(() => {
    folder = new StoreFolder(writesOn);
  });

  afterEach(() => folder.remove());

  test(`what was acknowledged is there exactly once after ${kills} kills at any moment`, async () => {
    const acknowledged: string[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      const args = [folder.file, '16', writesOn];
      acknowledged.push(...(await acknowledgedUntilKilled(appender, args, 2_000 + kill * 1_300)));

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
});

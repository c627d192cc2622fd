import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventStore } from '@provisie/event-store';
import { anEvent, idsOf, mustBeOk, ofLog } from '../src/contract/given.ts';
import { StoreFolder, WRITING_THREADS } from '../src/sqlite-files.ts';

const run = promisify(execFile);
const filler = fileURLToPath(new URL('filler.ts', import.meta.url));

let folder: StoreFolder;

describe.each(WRITING_THREADS)('a store, written to on %s', (writesOn) => {
  beforeEach(() => {
    folder = new StoreFolder(writesOn);
  });

  afterEach(() => folder.remove());

  const large = () => anEvent({ text: 'x'.repeat(20_000) });

  /** Groups of three appends, until one is refused. */
  async function fill(store: EventStore): Promise<{ acknowledged: string[]; refusals: unknown[] }> {
    const acknowledged: string[] = [];
    for (;;) {
      const group = [large(), large(), large()];
      const results = await Promise.allSettled(
        group.map((event, n) => store.append(`order-${n}`, [event], 'any')),
      );
      const refused = results.filter((result) => result.status === 'rejected');
      if (refused.length > 0) {
        return { acknowledged, refusals: refused.map((result): unknown => result.reason) };
      }
      acknowledged.push(...idsOf(group));
    }
  }

  describe('a store that can grow no further', () => {
    test('refuses the whole group, keeps what it acknowledged, and goes on when there is room', async () => {
      const store = folder.open({ maxFileBytes: 1_000_000 });
      const { acknowledged, refusals } = await fill(store);
      expect(refusals).toHaveLength(3);
      for (const reason of refusals) expect(reason).toMatchObject({ code: 'store_full' });
      expect(String(refusals[0])).toContain('full');
      expect(acknowledged.length).toBeGreaterThan(10);
      expect(idsOf(await ofLog(store))).toEqual(acknowledged);
      // Reading goes on, and something small may still find room.
      await store.append('order-small', [anEvent()], 'any').catch(() => {});
      const head = await store.head();
      await store.close();

      const roomier = folder.open();
      expect(await roomier.head()).toBe(head);
      const added = large();
      expect(mustBeOk(await roomier.append('order-1', [added], 'any')).position).toBe(head + 1);
      const kept = idsOf(await ofLog(roomier));
      expect(kept.slice(0, acknowledged.length)).toEqual(acknowledged);
      expect(kept.at(-1)).toBe(added.id);
    });

    test('goes on in the same process when the system gives room again', async () => {
      // A limit on file sizes, which SQLite meets where a full disk or a quota would show: at a write.
      const { stdout } = await run('sh', [
        '-c',
        'ulimit -S -f 2048; exec "$0" "$@"',
        process.execPath,
        filler,
        folder.file,
        writesOn,
      ]);
      const outcome: unknown = JSON.parse(stdout);
      expect(outcome).toMatchObject({ code: 'store_full', wentOn: true });
      const log = idsOf(await ofLog(folder.open()));
      expect(outcome).toMatchObject({ acknowledged: log });
    });
  });
});

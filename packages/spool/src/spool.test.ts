import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { describe, expect, test } from 'vitest';
import { aTouch, idsOf, SpooledNode, STREAM, touches } from '../test/spooled-node.ts';
import { openSpool } from './index.ts';

const run = promisify(execFile);
const filler = fileURLToPath(new URL('../test/filler.ts', import.meta.url));

const large = () => aTouch({ text: 'x'.repeat(20_000) });

describe('an id that was spooled before', () => {
  const one = aTouch({ n: 1, m: 2 });
  const two = aTouch();
  test.each([
    ['is a repeat', [one], STREAM, { ok: true, repeated: true, revision: 0 }],
    ['is a repeat with all that went with it', [one, two], STREAM, { repeated: true, revision: 1 }],
    ['is a conflict beside a new one', [one, aTouch()], STREAM, { ok: false, reason: 'conflict' }],
  ])('%s', async (_, events, stream, result) => {
    await using node = new SpooledNode();
    await node.append([one, two]);
    expect(await node.append(events, stream)).toMatchObject(result);
    expect(node.spool.status().events).toBe(2);
    await node.drained();
    expect(await node.append(events, stream)).toMatchObject(result);
    await node.crash();
    expect(await node.append(events, stream)).toMatchObject(result);
    expect(node.spool.status().events).toBe(0);
  });

  test.each([
    ['another content', { ...one, data: { n: 2 } }, STREAM],
    ['another time', { ...one, occurredAt: 1 }, STREAM],
    ['another type', { ...one, type: 'Seen' }, STREAM],
    ['the stream of another day', one, 'touches-test-2026-06-16'],
  ])('is refused with %s', async (_, event, stream) => {
    await using node = new SpooledNode();
    await node.append([one]);
    const reused = { code: 'event_id_reused' };
    await expect(node.append([event], stream)).rejects.toMatchObject(reused);
    await node.drained();
    await expect(node.append([event], stream)).rejects.toMatchObject(reused);
  });

  test('is forgotten a while after it was forwarded, never before', async () => {
    await using node = new SpooledNode({ rememberedIds: 100 });
    const events = touches(3000);
    await node.append(events);
    node.store.faults.push('none', 'none');
    node.store.rest = 'away';
    node.forward();
    await expect.poll(() => node.spool.status().events).toBe(2000);
    await expect.poll(() => node.store.calls).toBeGreaterThan(3);
    expect(await node.append(events.slice(1000, 1010))).toMatchObject({ repeated: true });
    node.store.rest = 'none';
    await node.crash({ rememberedIds: 100 });
    await node.drained();
    expect(await node.append(events.slice(-100))).toMatchObject({ repeated: true });
    expect(await node.append(events.slice(0, 10))).toMatchObject({ repeated: false });
  });
});

test('what waits and for how long survives a restart', async () => {
  const clock = { now: 1000 };
  const now = () => clock.now;
  await using node = new SpooledNode({ now });
  await node.append(touches(3));
  clock.now = 5000;
  await node.append(touches(2));
  const { bytes } = node.spool.status();
  await node.crash({ now });
  expect(node.spool.status()).toMatchObject({ state: 'ok', events: 5, bytes, oldestAt: 1000 });
});

test('appends of the same moment share one transaction, and each gets its own answer', async () => {
  await using node = new SpooledNode();
  const events = touches(1000);
  const results = await Promise.all(events.map((event) => node.append([event])));
  expect(results.map((result) => result.ok && result.revision)).toEqual([...events.keys()]);
});

test('only one process has it', async () => {
  await using node = new SpooledNode();
  expect(() => openSpool({ file: node.file })).toThrow(
    expect.objectContaining({ code: 'store_busy' }),
  );
});

test('a closed one says so', async () => {
  await using node = new SpooledNode();
  await node.spool.close();
  await expect(node.append(touches(1))).rejects.toMatchObject({ code: 'store_closed' });
});

describe('a file that is not a sound spool', () => {
  const damages: [string, (file: string) => void][] = [
    ['holds something else', (file) => writeFileSync(file, 'x'.repeat(10_000))],
    [
      'has a page of zeros',
      (file) => {
        const descriptor = openSync(file, 'r+');
        writeSync(descriptor, new Uint8Array(4096), 0, 4096, 3 * 4096);
      },
    ],
  ];
  test.each(damages)('is kept aside when it %s, and recording goes on', async (_, damage) => {
    await using node = new SpooledNode();
    await node.append(touches(100));
    const { incarnation } = node.spool;
    await node.spool.close();
    damage(node.file);
    const spool = node.open();
    expect(spool.damagedFile).toMatch(/spool\.sqlite\.damaged-/);
    expect(existsSync(spool.damagedFile ?? '')).toBe(true);
    expect(spool.incarnation).not.toBe(incarnation);
    const events = touches(3);
    await node.append(events);
    await node.drained();
    expect(await node.logged()).toEqual(idsOf(events));
  });

  test('is kept aside at the next start when damage shows only while it is used', async () => {
    await using node = new SpooledNode();
    for (let n = 0; n < 300; n += 1) await node.append([large()]);
    await node.crash();
    const descriptor = openSync(node.file, 'r+');
    for (let page = 10; page < 1500; page += 1) {
      writeSync(descriptor, new Uint8Array(4096).fill(255), 0, 4096, page * 4096);
    }
    node.forward();
    await expect.poll(() => node.spool.status().state).toBe('damaged');
    await node.crash();
    expect(node.spool.damagedFile).not.toBeNull();
    expect(node.spool.status()).toMatchObject({ state: 'ok', events: 0 });
    await node.crash();
    expect(node.spool.damagedFile).toBeNull();
  });

  test('is left alone when it belongs to another program', async () => {
    await using node = new SpooledNode();
    await node.spool.close();
    const other = `${node.folder}/other.sqlite`;
    await openSqliteEventStore({ file: other }).close();
    copyFileSync(other, node.file);
    expect(() => openSpool({ file: node.file })).toThrow(
      expect.objectContaining({ code: 'store_foreign' }),
    );
    expect(readdirSync(node.folder).filter((name) => name.includes('damaged'))).toEqual([]);
  });
});

describe('a full disk', () => {
  test('refuses what has no room, loses nothing, and takes on when it was forwarded', async () => {
    await using node = new SpooledNode({ maxBytes: 1_000_000 });
    const taken: string[] = [];
    const fill = async (): Promise<unknown> => {
      for (;;) {
        const event = large();
        try {
          await node.append([event]);
          taken.push(event.id);
        } catch (error) {
          return error;
        }
      }
    };
    expect(await fill()).toMatchObject({ code: 'store_full' });
    expect(taken.length).toBeGreaterThan(20);
    expect(node.spool.status()).toMatchObject({ state: 'full', events: taken.length });
    await node.drained();
    await expect.poll(() => node.spool.status().state).toBe('ok');
    const event = large();
    await node.append([event]);
    await node.drained();
    expect(await node.logged()).toEqual([...taken, event.id]);
  });

  test('that refused an append between forwarding and tidying leaves no gap in the revisions', async () => {
    await using node = new SpooledNode({ maxBytes: 1_000_000 });
    await node.append([aTouch()]);
    const { outbox } = node.spool;
    const batch = outbox.next({ events: 10, bytes: 100_000 });
    if (batch === null) throw new Error('nothing waits');
    outbox.forwarded(batch, 0);
    const tooMuch = node.append(Array.from({ length: 100 }, large));
    await expect(tooMuch).rejects.toMatchObject({ code: 'store_full' });
    outbox.tidy();
    await node.crash();
    expect(await node.append([aTouch()])).toMatchObject({ revision: 1 });
  });

  test('in the middle of forwarding holds up neither the forwarding nor, later, the recording', async () => {
    // A limit on file sizes, which SQLite meets where a full disk or a quota would show: at a write.
    await using node = new SpooledNode();
    await node.spool.close();
    const command = [
      '-c',
      'ulimit -S -f 3072; exec "$0" "$@"',
      process.execPath,
      filler,
      node.folder,
    ];
    const { stdout } = await run('sh', command);
    expect(JSON.parse(stdout)).toEqual({
      code: 'store_full',
      whileFull: 'full',
      forwardedWhileFull: true,
      afterwards: 'ok',
      missing: 0,
      doubled: 0,
    });
  });
});

test('the file gets small again after a long outage', async () => {
  await using node = new SpooledNode();
  node.store.rest = 'away';
  for (let n = 0; n < 40; n += 1) {
    await node.append(Array.from({ length: 50 }, () => aTouch({ text: 'x'.repeat(10_000) })));
  }
  const { fileBytes } = node.spool.status();
  expect(fileBytes).toBeGreaterThan(20_000_000);
  node.store.rest = 'none';
  node.forward();
  await expect.poll(() => node.spool.status().events, { timeout: 20_000 }).toBe(0);
  // What is kept for what comes, and the log of that.
  await expect
    .poll(() => node.spool.status().fileBytes, { timeout: 20_000 })
    .toBeLessThan(9_000_000);
});

import { copyFileSync, rmSync } from 'node:fs';
import { EventStoreError } from '@provisie/event-store';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../test/faulty-store.ts';
import { aTouch, idsOf, SpooledNode, STREAM, touches } from '../test/spooled-node.ts';

test('what was spooled is in the store, in order and once', async () => {
  await using node = new SpooledNode();
  const events = touches(1234);
  for (let at = 0; at < events.length; at += 7) await node.append(events.slice(at, at + 7));
  const forwarder = await node.drained();
  expect(await node.logged(STREAM)).toEqual(idsOf(events));
  expect(forwarder.status()).toMatchObject({ forwarded: 1234, failures: 0, awaySince: null });
  expect(node.store.sizes).toEqual([500, 500, 234]);
  expect(node.spool.status()).toMatchObject({ events: 0, bytes: 0, oldestAt: null, setAside: 0 });
});

describe('everything once and in order, although', () => {
  test.each<[string, Fault[]]>([
    ['the store is away for a while', ['away', 'away', 'away', 'none']],
    ['an answer gets lost', ['answer_lost']],
    ['several answers in a row get lost', ['answer_lost', 'answer_lost', 'none', 'answer_lost']],
    ['the store hangs', ['hangs', 'hangs']],
    ['the store hangs once it has written', ['hangs_after_writing', 'none', 'hangs_after_writing']],
  ])('%s', async (_, faults) => {
    await using node = new SpooledNode();
    node.store.faults.push(...faults);
    const events = touches(1100);
    await node.append(events.slice(0, 700));
    const drained = node.drained();
    // Batches of the next try end elsewhere than those of the first.
    await node.append(events.slice(700));
    const forwarder = await drained;
    expect(await node.logged(STREAM)).toEqual(idsOf(events));
    expect(node.spool.status().setAside).toBe(0);
    expect(forwarder.status().failures).toBe(faults.filter((fault) => fault !== 'none').length);
  });

  test('it crashes between the answer and the next step, with more in the queue than before', async () => {
    await using node = new SpooledNode();
    const events = touches(900);
    await node.append(events.slice(0, 300));
    node.store.faults.push('answer_lost');
    node.store.rest = 'away';
    node.forward();
    await expect.poll(() => node.store.sizes).toEqual([300]);
    await node.crash();
    await node.append(events.slice(300));
    node.store.rest = 'none';
    await node.drained();
    expect(await node.logged(STREAM)).toEqual(idsOf(events));
  });

  test('the queue has several days in it, and the clock goes back', async () => {
    await using node = new SpooledNode();
    const days = ['touches-test-2026-06-15', 'touches-test-2026-06-16', 'touches-test-2026-06-15'];
    const events = days.map((stream) => ({ stream, batch: touches(5) }));
    for (const { stream, batch } of events) await node.append(batch, stream);
    await node.drained();
    expect(await node.logged()).toEqual(events.flatMap(({ batch }) => idsOf(batch)));
  });
});

describe('a spool that is not what it was', () => {
  test('put back from a backup, it sends nothing twice and goes on', async () => {
    await using node = new SpooledNode();
    const [early, waiting, late, later] = [touches(50), touches(40), touches(30), touches(20)];
    await node.append(early);
    await node.drained();
    await node.append(waiting);
    await node.crash();
    await node.spool.close();
    copyFileSync(node.file, `${node.file}.backup`);
    node.open();
    await node.append(late);
    await node.drained();
    await node.spool.close();
    for (const ending of ['-wal', '-shm']) rmSync(`${node.file}${ending}`, { force: true });
    copyFileSync(`${node.file}.backup`, node.file);
    node.open();
    await node.append(later);
    const forwarder = await node.drained();
    expect(await node.logged(STREAM)).toEqual(idsOf([...early, ...waiting, ...late, ...later]));
    expect(forwarder.status().repeated).toBe(40);
  });

  test('copied to another node, both get everything through', async () => {
    await using one = new SpooledNode();
    const shared = touches(10);
    await one.append(shared);
    await one.spool.close();
    await using other = new SpooledNode();
    await other.spool.close();
    copyFileSync(one.file, other.file);
    one.open();
    other.open();
    const [ofOne, ofOther] = [touches(300), touches(300)];
    await one.append(ofOne);
    await other.append(ofOther);
    const stores = { store: one.store, maxBatchEvents: 20 };
    await Promise.all([one.drained(stores), other.drained(stores)]);
    const logged = await one.logged();
    expect(logged.toSorted()).toEqual(idsOf([...shared, ...ofOne, ...ofOther]).toSorted());
    expect(other.spool.incarnation).toBe(one.spool.incarnation);
  });

  test('begun anew under the same name, it has an incarnation of its own, but would cope without', async () => {
    await using node = new SpooledNode();
    const [before, after] = [touches(5), touches(5)];
    await node.append(before);
    await node.drained();
    const { incarnation } = node.spool;
    await node.spool.close();
    for (const ending of ['', '-wal', '-shm']) rmSync(`${node.file}${ending}`, { force: true });
    expect(node.open().incarnation).not.toBe(incarnation);
    await node.append(after);
    await node.drained();
    expect(await node.logged(STREAM)).toEqual(idsOf([...before, ...after]));
  });

  test('a store that lost its latest is written to from where it ends', async () => {
    await using node = new SpooledNode();
    const [lost, kept] = [touches(5), touches(5)];
    await node.append(lost);
    await node.drained();
    await using empty = new SpooledNode();
    await node.append(kept);
    await node.drained({ store: empty.store });
    expect(await empty.logged(STREAM)).toEqual(idsOf(kept));
  });
});

test('what the stream has further up already is not sent again, and goes with nothing else', async () => {
  await using node = new SpooledNode();
  const [known, first, ...others] = touches(20);
  if (known === undefined || first === undefined) throw new Error('touches makes as many as asked');
  await node.log.append(STREAM, [known], 'any');
  await node.append([first]);
  await node.drained();
  await node.append([...others.slice(0, 9), known, ...others.slice(9)]);
  await node.drained();
  expect(await node.logged(STREAM)).toEqual(idsOf([known, first, ...others]));
  expect(node.spool.status().setAside).toBe(0);
});

test('what a browser told another node as well is in the log once, and nothing is set aside', async () => {
  await using node = new SpooledNode();
  const [before, told, after] = [touches(5), touches(3), touches(5)];
  await node.log.append('touches-other-2026-06-01', told, 'any');
  await node.append([...before, ...told, ...after]);
  await node.drained();
  expect(await node.logged(STREAM)).toEqual(idsOf([...before, ...after]));
  expect(await node.logged('touches-other-2026-06-01')).toEqual(idsOf(told));
  expect(node.spool.status()).toMatchObject({ events: 0, bytes: 0, setAside: 0 });
});

describe('what the store never takes', () => {
  test.each<[string, Error]>([
    ['with a verdict', new EventStoreError('event_invalid', 'no')],
    ['because it is too large', new EventStoreError('append_too_large', 'no')],
    ['without a verdict', new Error('out of cheese')],
  ])('%s is set aside, and all the others get through in order', async (_, error) => {
    await using node = new SpooledNode();
    const events = touches(800);
    const bad = new Set([3, 4, 400, 799].map((index) => events[index]?.id));
    node.store.refuse = ({ id }) => (bad.has(id) ? error : null);
    await node.append(events);
    node.forward();
    await expect.poll(() => node.spool.status().setAside, { timeout: 10_000 }).toBeGreaterThan(2);
    // The last one has nothing behind it that could show whose fault it is.
    const behind = aTouch();
    await node.append([behind]);
    await expect
      .poll(() => node.spool.status(), { timeout: 10_000 })
      .toMatchObject({
        events: 0,
        setAside: 4,
      });
    const wanted = idsOf([...events, behind]).filter((id) => !bad.has(id));
    const logged = await node.logged(STREAM);
    expect(logged.toSorted()).toEqual(wanted.toSorted());
    expect(node.errors).toContain(error);

    node.store.refuse = () => null;
    await node.crash();
    await node.drained();
    expect(node.spool.status().setAside).toBe(0);
    expect((await node.logged(STREAM)).toSorted()).toEqual(idsOf([...events, behind]).toSorted());
  });

  test('nothing is set aside because the store is away', async () => {
    await using node = new SpooledNode();
    node.store.rest = 'away';
    await node.append(touches(10));
    const forwarder = node.forward();
    await expect.poll(() => forwarder.status().failures).toBeGreaterThan(30);
    expect(node.spool.status()).toMatchObject({ events: 10, setAside: 0 });
    expect(forwarder.status()).toMatchObject({ lastError: 'store_unavailable' });
    expect(forwarder.status().awaySince).not.toBeNull();
  });

  test('a store that says nothing counts as away long before it is given up', async () => {
    await using node = new SpooledNode();
    let now = 1000;
    node.store.faults.push('hangs');
    await node.append(touches(10));
    const forwarder = node.forward({ timeLimitMs: 500, patienceMs: 2000, now: () => now });
    await expect.poll(() => node.store.calls).toBe(1);
    now += 1999;
    expect(forwarder.status()).toMatchObject({ awaySince: null, failures: 0 });
    now += 1;
    expect(forwarder.status()).toMatchObject({ awaySince: 1000, failures: 0 });
    await expect.poll(() => node.spool.status().events).toBe(0);
    expect(forwarder.status()).toMatchObject({ awaySince: null, failures: 1 });
  });

  test('more than it takes at once goes in smaller pieces', async () => {
    await using node = new SpooledNode();
    node.store.mostEvents = 90;
    const events = touches(1000);
    await node.append(events);
    await node.drained();
    expect(await node.logged(STREAM)).toEqual(idsOf(events));
    expect(Math.max(...node.store.sizes)).toBeLessThanOrEqual(90);
  });
});

test('a batch is limited by its bytes too', async () => {
  await using node = new SpooledNode();
  await node.append(Array.from({ length: 20 }, () => aTouch({ text: 'x'.repeat(10_000) })));
  await node.drained({ maxBatchBytes: 50_000 });
  expect(node.store.sizes).toEqual([4, 4, 4, 4, 4]);
});

test('a stop sends what waits', async () => {
  await using node = new SpooledNode();
  const forwarder = node.forward({ lingerMs: 60_000 });
  const events = touches(1200);
  await node.append(events);
  await forwarder.stop(5000);
  expect(await node.logged(STREAM)).toEqual(idsOf(events));
});

test('a stop does not wait for a store that is away, and nothing is lost', async () => {
  await using node = new SpooledNode();
  node.store.rest = 'hangs';
  const events = touches(10);
  await node.append(events);
  const forwarder = node.forward({ timeLimitMs: 60_000 });
  const before = performance.now();
  await forwarder.stop(100);
  expect(performance.now() - before).toBeLessThan(1000);
  node.store.rest = 'none';
  await node.crash();
  await node.drained();
  expect(await node.logged(STREAM)).toEqual(idsOf(events));
});

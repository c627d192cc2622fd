import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImportingStore } from '@provisie/event-store';
import { KurrentCluster } from '@provisie/event-store-testkit/kurrent';
import { openKurrentEventStore } from '../src/index.ts';
import { anEvent, followed, idsOf, logOf } from './given.ts';
import { quick } from './kurrent-doubles.ts';

let cluster: KurrentCluster;
let store: ImportingStore;

beforeEach(async () => {
  cluster = await KurrentCluster.start();
  store = await openKurrentEventStore({
    connectionString: cluster.connectionString,
    patience: { ...quick, attemptMs: 1_000, limitMs: 8_000 },
    silenceMs: 200,
  });
});

afterEach(async () => {
  await store.close();
  await cluster.stop();
});

const append = () => store.append('order-1', [anEvent()], 'any');

describe('in a cluster', () => {
  test('the leader is found by gossip, whichever host stands first', async () => {
    cluster.elect(2);
    expect(await append()).toMatchObject({ ok: true, revision: 0 });
    expect(cluster.nodes.map(({ calls }) => calls.of('append'))).toEqual([0, 0, 1]);
  });

  test('a change of leader is followed by appends and by a subscription', async () => {
    const seen = followed(store, 3);
    await append();
    cluster.elect(1);
    expect(await append()).toMatchObject({ ok: true, revision: 1 });
    cluster.elect(2);
    expect(await append()).toMatchObject({ ok: true, revision: 2 });
    expect(idsOf(await seen)).toEqual(idsOf(await logOf(store)));
    expect(cluster.nodes.every(({ calls }) => calls.of('append') > 0)).toBe(true);
  });

  test('the loss of the leader is survived, after an answer was lost with it', async () => {
    await append();
    cluster.leader.faults.next('append', { kind: 'lose_answer' });
    const appending = append();
    await expect.poll(() => cluster.leader.calls.of('append')).toBe(2);
    await cluster.leader.stop();
    cluster.elect(1);
    expect(await appending).toMatchObject({ ok: true, revision: 1, repeated: false });
    expect(await logOf(store)).toHaveLength(2);
  });

  test('without any node an append fails as unavailable, and goes on when they are back', async () => {
    for (const node of cluster.nodes) await node.stop();
    const impatient = await openKurrentEventStore({
      connectionString: `${cluster.connectionString}&maxDiscoverAttempts=1`,
      patience: { ...quick, limitMs: 300 },
    });
    const refused = impatient.append('order-1', [anEvent()], 'any');
    await expect(refused).rejects.toMatchObject({ code: 'store_unavailable' });
    for (const node of cluster.nodes) await node.start();
    expect(await append()).toMatchObject({ ok: true });
    await impatient.close();
  });
});

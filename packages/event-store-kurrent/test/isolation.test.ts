import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TestServer } from './kurrent-doubles.ts';
import { anEvent } from './given.ts';

let ours: TestServer;
let theirs: TestServer;

beforeEach(async () => {
  [ours, theirs] = await Promise.all([TestServer.start(), TestServer.start()]);
});

afterEach(async () => {
  await Promise.all([ours.stop(), theirs.stop()]);
});

const clientOf = ({ double }: TestServer, settings = '') =>
  EventStoreDBClient.connectionString(
    `esdb://${double.address.host}:${double.address.port}?tls=false${settings}`,
  );

const event = () => jsonEvent({ type: 'Noted', data: {} });

/** Why the calls are made here: what the client of version 6.2.1 does by itself. */
describe('the client by itself', () => {
  test('rejects the appends of one client when the connection of another breaks', async () => {
    const [one, other] = [clientOf(ours), clientOf(theirs)];
    ours.double.faults.always('append', { kind: 'silent' });
    theirs.double.faults.always('append', { kind: 'break_after' });
    const innocent = one.appendToStream('order-1', event());
    const refused = innocent.then(
      () => 'acknowledged',
      (error: unknown) => String(error),
    );
    await expect.poll(() => ours.double.calls.of('batch_append')).toBe(1);
    await other.appendToStream('order-1', event()).catch(() => {});
    expect(await refused).toMatch(/UNAVAILABLE|CANCELLED/);
    await Promise.all([one.dispose(), other.dispose()]);
  });

  test('calls every conflict one at revision 1 when it is not to throw', async () => {
    const client = clientOf(ours, '&throwOnAppendFailure=false');
    await client.appendToStream('order-1', [event(), event(), event(), event()]);
    const conflict = await client.appendToStream('order-1', event(), { expectedRevision: 0n });
    expect(conflict).toMatchObject({ success: false, nextExpectedRevision: 1n });
    await client.dispose();
  });

  test('sets no limit to the time an append takes, whatever deadline it is given', async () => {
    const client = clientOf(ours, '&defaultDeadline=50');
    ours.double.faults.always('append', { kind: 'silent' });
    let isSettled = false;
    const settle = () => {
      isSettled = true;
    };
    void client.appendToStream('order-1', event(), { deadline: 50 }).then(settle, settle);
    await expect.poll(() => ours.double.calls.of('batch_append')).toBe(1);
    const started = Date.now();
    await expect.poll(() => Date.now() - started, { timeout: 2_000 }).toBeGreaterThan(300);
    expect(isSettled).toBe(false);
    await client.dispose();
  });
});

describe('a store', () => {
  test('hears nothing of the broken connection of another in its process', async () => {
    const [store, other] = await Promise.all([ours.open(), theirs.open()]);
    const { promise: until, resolve: release } = Promise.withResolvers<void>();
    ours.double.faults.next('append', { kind: 'held', until });
    const appending = store.append('order-1', [anEvent()], 'any');
    await expect.poll(() => ours.double.calls.of('append')).toBe(1);
    theirs.double.faults.next('append', { kind: 'break_after' });
    await other.append('order-1', [anEvent()], 'any');
    release();
    expect(await appending).toMatchObject({ ok: true, repeated: false });
  });

  test('makes none of the calls in which appends of others share', async () => {
    const store = await ours.open();
    await store.append('order-1', [anEvent()], 'any');
    expect(ours.double.calls.of('append')).toBe(1);
    expect(ours.double.calls.of('batch_append')).toBe(0);
    expect(ours.double.calls.of('features')).toBe(0);
  });
});

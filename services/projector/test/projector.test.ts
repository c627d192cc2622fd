import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import {
  openLiveReadModel,
  openSqliteReadModelHome,
  READ_MODEL_VERSION,
} from '@provisie/read-model';
import { createTestDatabase, postgresMissing } from '@provisie/postgres-testkit';
import { expect, onTestFinished, test } from 'vitest';
import { projectorProcess, type ProjectorProcess } from './projector-process.ts';

const FIRST = `v${String(READ_MODEL_VERSION)}-b1`;

interface Shop {
  readonly folder: string;
  readonly store: EventStore;
}

function openShop(): Shop {
  const folder = mkdtempSync(join(tmpdir(), 'provisie-projector-'));
  const store = openSqliteEventStore({ file: join(folder, 'events.sqlite') });
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder, store };
}

async function append(store: EventStore, type: string, data: object): Promise<number> {
  const event = { id: randomUUID(), type, version: 1, occurredAt: Date.now(), data };
  const result = await store.append(`test-${type}`, [event], 'any');
  if (!result.ok) throw new Error('not appended');
  return result.position;
}

function openProgramme(store: EventStore, programmeId: string): Promise<number> {
  return append(store, 'ProgrammeOpened', {
    programmeId,
    name: programmeId,
    hosts: ['shop.example'],
  });
}

async function eventually(isSo: () => Promise<boolean>, timeoutMs = 30_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`not so: ${String(isSo)}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

const leads = async (projector: ProjectorProcess) =>
  (await projector.metric('provisie_projector_leader')) === 1;
const hasCaughtUp = async (projector: ProjectorProcess) =>
  (await projector.metric('provisie_projection_lag_positions')) === 0;

async function startTwo(environment: Readonly<Record<string, string>>) {
  const one = await projectorProcess(environment);
  await eventually(() => hasCaughtUp(one));
  const other = await projectorProcess(environment);
  expect(await leads(one)).toBe(true);
  expect(await leads(other)).toBe(false);
  return { leader: one, standBy: other };
}

test('one leads, the other stands by, takes over from a killed one, and ends cleanly', async () => {
  const { folder, store } = openShop();
  await openProgramme(store, 'spring');
  const { leader, standBy } = await startTwo({ PROVISIE_DATA_DIR: folder });
  expect(await standBy.readiness()).toMatchObject({
    status: 200,
    body: { status: 'ready', phase: 'standing_by', isLeader: false, generation: FIRST },
  });
  expect(await leader.readiness()).toMatchObject({
    status: 200,
    body: { status: 'ready', phase: 'following', isLeader: true, lag: { unhandledMs: 0 } },
  });
  expect(await (await fetch(`${leader.url}/livez`)).json()).toEqual({ status: 'ok' });

  leader.kill('SIGKILL');
  const killedAt = performance.now();
  await openProgramme(store, 'summer');
  await eventually(() => leads(standBy));
  expect(performance.now() - killedAt).toBeLessThan(3000);
  await eventually(() => hasCaughtUp(standBy));
  const home = await openSqliteReadModelHome({ folder });
  const live = await openLiveReadModel({ home, onError: () => {} });
  expect(await live.readModel.programme('summer')).not.toBeNull();
  await live.close();
  await home.close();
  expect(await leader.ended).toBeNull();
  standBy.kill('SIGTERM');
  expect(await standBy.ended).toBe(0);
  expect(standBy.lines.at(-1)).toContain('stopped, and handed over');
});

test('metrics tell the lag, the batches and what was set aside; a log line names it', async () => {
  const { folder, store } = openShop();
  await openProgramme(store, 'spring');
  const projector = await projectorProcess({ PROVISIE_DATA_DIR: folder });
  await eventually(() => hasCaughtUp(projector));
  await append(store, 'OrderPlaced', { odd: true });
  await eventually(
    async () => (await projector.metric('provisie_projection_quarantined_events')) === 1,
  );
  expect(await projector.metric('provisie_projection_oldest_unhandled_seconds')).toBe(0);
  expect(await projector.metric('provisie_projection_last_event_age_seconds')).toBeGreaterThan(0);
  expect(await projector.metric('provisie_log_head')).toBe(await store.head());
  expect(await projector.metric('provisie_projection_events_total')).toBe(1);
  expect(await projector.metric('provisie_projection_batch_seconds_count')).toBe(1);
  expect(await projector.metric('provisie_projector_errors_total')).toBe(1);
  const text = await (await fetch(`${projector.url}/metrics`)).text();
  expect(text).toContain(`provisie_projection_live_generation{generation="${FIRST}"} 1`);
  expect(projector.lines.filter((line) => line.includes('"code":"event_unreadable"'))).toHaveLength(
    1,
  );
});

test('without a log to read it says so in a line, and ends', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'provisie-projector-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  await expect(projectorProcess({ PROVISIE_DATA_DIR: join(folder, 'gone') })).rejects.toThrow(
    'events.sqlite',
  );
});

test.skipIf(postgresMissing() !== null)('a read model on PostgreSQL is led alike', async () => {
  const { folder, store } = openShop();
  await openProgramme(store, 'spring');
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const { leader, standBy } = await startTwo({
    PROVISIE_DATA_DIR: folder,
    PROVISIE_READ_MODEL: database.url,
  });
  leader.kill('SIGTERM');
  expect(await leader.ended).toBe(0);
  await openProgramme(store, 'summer');
  await eventually(() => leads(standBy));
  await eventually(() => hasCaughtUp(standBy));
  expect(standBy.lines.join('\n')).not.toContain('password');
});

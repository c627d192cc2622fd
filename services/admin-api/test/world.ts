import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEventIds } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { createAccountKeys, createPayoutRuns, DEFAULT_PAYOUT_POLICY } from '@provisie/payouts';
import { createCustomerKeys } from '@provisie/privacy';
import { openSqliteVault } from '@provisie/privacy/sqlite';
import { openSqliteReadModel, startProjector } from '@provisie/read-model';
import { createAdminApi, issueFirstAdminKey, openKeyRing } from '../src/index.ts';
import type { AdminApiOptions } from '../src/index.ts';

/** When the tests take place, unless they say otherwise. */
export const NOW = Date.parse('2026-03-10T12:00:00.000Z');

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

interface CallOptions {
  readonly key?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface World extends AsyncDisposable {
  readonly options: AdminApiOptions;
  readonly adminKey: string;
  readonly logged: object[];
  /** Moves the clock. */
  setNow(now: number): void;
  /** Calls `GET /v1/orders`, say, with the admin key unless told otherwise. */
  call(request: string, options?: CallOptions): Promise<Answer>;
  fetch(path: string, init: RequestInit): Promise<Response>;
}

/** The real API over a real store, projector, read model and vault, in a folder of its own. */
export async function openWorld(overrides: Partial<AdminApiOptions> = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'provisie-api-'));
  const stop = new AbortController();
  const clock = { now: NOW };
  const now = () => clock.now;
  const store = openSqliteEventStore({ file: join(folder, 'events.sqlite'), clock: now });
  const vault = openSqliteVault(join(folder, 'vault.sqlite'));
  const projected = await openSqliteReadModel({ folder });
  const { readModel, database } = projected;
  const failures: unknown[] = [];
  const projector = startProjector({
    store,
    database,
    signal: stop.signal,
    onError: (error) => failures.push(error),
    now,
  });
  const keyRing = await openKeyRing(store, { signal: stop.signal });
  const ids = createEventIds({ now });
  const first = await issueFirstAdminKey({ store, ids, now, keyRing });
  const logged: object[] = [];
  const log = (fields: object) => logged.push(fields);
  const policy = { ...DEFAULT_PAYOUT_POLICY, ...overrides.payoutPolicy };
  const payoutRuns = createPayoutRuns({
    store,
    readModel,
    vault,
    now,
    policy,
    signal: stop.signal,
    onError: (error) => failures.push(error),
  });
  const options: AdminApiOptions = {
    store,
    readModel,
    vault,
    customerKeys: createCustomerKeys(await vault.secret('customers')),
    accountKeys: createAccountKeys(await vault.secret('accounts')),
    payoutRuns,
    keyRing,
    ids,
    now,
    logger: { info: log, warn: log, error: log },
    trackerBaseUrl: 'https://go.example.nl',
    ...overrides,
  };
  const app = createAdminApi(options);
  const adminKey = first?.secret ?? '';

  return {
    options,
    adminKey,
    logged,
    setNow: (instant) => {
      clock.now = instant;
    },
    fetch: async (path, init) => app.request(path, init),
    call: async (request, { key = adminKey, body, headers = {} } = {}) => {
      const [method = '', path = ''] = request.split(' ');
      const response = await app.request(path, {
        method,
        headers: {
          ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('Content-Type')?.includes('json') === true;
      const parsed: unknown = text === '' ? null : isJson ? JSON.parse(text) : text;
      return { status: response.status, headers: response.headers, body: parsed };
    },
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await payoutRuns.idle();
      await projector.stopped;
      await store.close();
      await projected.close();
      vault.close();
      await rm(folder, { recursive: true, force: true });
      if (failures.length > 0) throw new AggregateError(failures, 'the projector failed');
    },
  };
}

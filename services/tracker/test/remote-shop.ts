import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_TERMS, newFact, streams } from '@provisie/domain';
import { openEventStore } from '@provisie/engines';
import type { EventStore } from '@provisie/event-store';
import { createTestDatabase } from '@provisie/postgres-testkit';
import { openNetwork } from '@provisie/postgres-testkit/network';
import type { Network } from '@provisie/postgres-testkit/network';
import { linkCreated, newId } from './tracked-shop.ts';

/** A log in PostgreSQL with the programme `affiliate` and the link `woonblog`, behind a network that may fail. */
export interface RemoteShop extends AsyncDisposable {
  /** Not over the network. */
  readonly store: EventStore;
  readonly network: Network;
  /** Of the log, over the network. */
  readonly address: string;
  /** For the files of nodes. */
  readonly folder: string;
  /** How often each click id stands in the log. */
  clicks(): Promise<ReadonlyMap<string, number>>;
}

export async function openRemoteShop(): Promise<RemoteShop> {
  const database = await createTestDatabase();
  const target = new URL(database.url);
  const network = await openNetwork({ host: target.hostname, port: Number(target.port) });
  const address = new URL(database.url);
  address.port = String(network.port);
  const store = await openEventStore(database.url);
  const folder = await mkdtemp(join(tmpdir(), 'provisie-node-'));
  await setUp(store);
  return {
    store,
    network,
    address: address.href,
    folder,
    async clicks() {
      const times = new Map<string, number>();
      for await (const batch of store.readAll(0, { categories: ['touches'] })) {
        for (const { id } of batch) times.set(id, (times.get(id) ?? 0) + 1);
      }
      return times;
    },
    async [Symbol.asyncDispose]() {
      await network.close();
      await store.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function setUp(store: EventStore): Promise<void> {
  const programmeId = 'affiliate';
  const occurredAt = Date.UTC(2026, 0, 1);
  const opened = newFact('ProgrammeOpened', {
    id: newId(),
    occurredAt,
    data: { programmeId, name: 'Affiliate', hosts: ['www.shop.nl'] },
  });
  const published = newFact('TermsPublished', {
    id: newId(),
    occurredAt,
    data: { programmeId, termsVersion: 1, effectiveFrom: occurredAt, terms: DEFAULT_TERMS },
  });
  await store.append(streams.programme(programmeId), [opened, published], 'no_stream');
  await store.append(streams.link('woonblog'), [linkCreated('woonblog')], 'no_stream');
}

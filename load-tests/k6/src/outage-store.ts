import { DEFAULT_TERMS, newFact, streams } from '@provisie/domain';
import { openEventStore } from '@provisie/engines';
import { createEventIds } from '@provisie/event-store';
import type { EventStore } from '@provisie/event-store';
import { openNetwork } from '@provisie/postgres-testkit/network';
import type { Network } from '@provisie/postgres-testkit/network';
import { startPostgres } from '@provisie/postgres-testkit/server';

/** A log in PostgreSQL that flushes its commits, behind a network that can be cut. */
export interface OutageStore extends AsyncDisposable {
  /** Not over the network. */
  readonly store: EventStore;
  readonly network: Network;
  /** Over the network. */
  readonly address: string;
  readonly linkCodes: readonly string[];
}

const LINKS = 100;

/** Rejects with what PostgreSQL complained of. */
export async function openOutageStore(): Promise<OutageStore> {
  await using opened = new AsyncDisposableStack();
  const server = await startPostgres({ durable: true });
  opened.defer(() => server.stop());
  const address = new URL(server.url);
  const network = await openNetwork({ host: address.hostname, port: Number(address.port) });
  opened.defer(() => network.close());
  const store = await openEventStore(server.url);
  opened.defer(() => store.close());
  const linkCodes = await setUp(store);
  address.port = String(network.port);
  const ready = opened.move();
  return {
    store,
    network,
    address: address.href,
    linkCodes,
    [Symbol.asyncDispose]: () => ready.disposeAsync(),
  };
}

/** What a tracker has to know, written as the API would write it. */
async function setUp(store: EventStore): Promise<readonly string[]> {
  const newId = createEventIds();
  const occurredAt = Date.now();
  const programmeId = 'load';
  const opened = newFact('ProgrammeOpened', {
    id: newId(),
    occurredAt,
    data: { programmeId, name: 'Load test', hosts: ['shop.example'] },
  });
  const published = newFact('TermsPublished', {
    id: newId(),
    occurredAt,
    data: { programmeId, termsVersion: 1, effectiveFrom: occurredAt, terms: DEFAULT_TERMS },
  });
  await store.append(streams.programme(programmeId), [opened, published], 'no_stream');
  const codes = Array.from({ length: LINKS }, (_, index) => `load-${String(index)}`);
  for (const code of codes) {
    const data = { code, programmeId, partnerId: 'blog', destination: 'https://shop.example/sale' };
    const created = newFact('LinkCreated', { id: newId(), occurredAt, data });
    await store.append(streams.link(code), [created], 'no_stream');
  }
  return codes;
}

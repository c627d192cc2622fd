import { pause, readFact } from '@provisie/event-store';
import type { EventStore } from '@provisie/event-store';
import type { Fact, Instant, Scope } from '@provisie/domain';
import type { KeyRing, Principal } from '@provisie/http';

/** An access key as people see it; the secret is kept nowhere. */
export interface AccessKey {
  readonly keyId: string;
  readonly label: string;
  readonly hint: string;
  readonly scopes: readonly Scope[];
  readonly partnerId: string | null;
  readonly issuedAt: Instant;
  readonly revokedAt: Instant | null;
}

/** The keys, kept in memory from the log. */
export interface LiveKeyRing extends KeyRing {
  /** Oldest first. */
  keys(): readonly AccessKey[];
  /** Takes facts in at once, so that a key works, or stops working, the moment its answer is out. */
  apply(facts: readonly Fact[]): void;
}

export interface KeyRingOptions {
  /** Ends the subscription. */
  readonly signal: AbortSignal;
  /** The subscription broke; it is taken up again after a pause. */
  readonly onError?: (error: unknown) => void;
}

const CATEGORIES = ['accesskey'];
/** Before a subscription that broke is taken up again. */
const PAUSE_MS = 1000;

/** Resolves when every key of the log is known; goes on following the log until `signal` aborts. */
export async function openKeyRing(
  store: EventStore,
  options: KeyRingOptions,
): Promise<LiveKeyRing> {
  const ring = createKeyRing();
  let position = await store.head();
  for await (const batch of store.readAll(0, { categories: CATEGORIES })) {
    ring.apply(batch.map(readFact));
    position = Math.max(position, batch.at(-1)?.position ?? 0);
  }
  void follow(store, ring, position, options);
  return ring;
}

async function follow(
  store: EventStore,
  ring: LiveKeyRing,
  after: number,
  options: KeyRingOptions,
): Promise<void> {
  const { signal, onError } = options;
  let position = after;
  while (!signal.aborted) {
    try {
      for await (const batch of store.subscribe(position, { categories: CATEGORIES, signal })) {
        if (batch.kind === 'events') ring.apply(batch.events.map(readFact));
        position = batch.position;
      }
      // It ends by itself only when the store closes.
      return;
    } catch (error) {
      if (signal.aborted) return;
      onError?.(error);
      await pause(PAUSE_MS, signal);
    }
  }
}

/** An empty ring. Facts may come twice and in any order: what was revoked stays so. */
export function createKeyRing(): LiveKeyRing {
  const issued = new Map<string, { readonly key: AccessKey; readonly secretHash: string }>();
  const revokedAt = new Map<string, Instant>();
  const principals = new Map<string, Principal>();

  const take = (fact: Fact) => {
    if (fact.type === 'AccessKeyIssued') {
      const { keyId, secretHash, partnerId = null, ...rest } = fact.data;
      const key = { keyId, partnerId, ...rest, issuedAt: fact.occurredAt, revokedAt: null };
      issued.set(keyId, { key, secretHash });
      if (!revokedAt.has(keyId)) {
        principals.set(secretHash, { keyId, scopes: rest.scopes, partnerId });
      }
    }
    if (fact.type === 'AccessKeyRevoked') {
      const { keyId } = fact.data;
      revokedAt.set(keyId, fact.occurredAt);
      const key = issued.get(keyId);
      if (key !== undefined) principals.delete(key.secretHash);
    }
  };

  return {
    find: (secretHash) => principals.get(secretHash) ?? null,
    keys: () =>
      [...issued.values()].map(({ key }) =>
        Object.assign({}, key, { revokedAt: revokedAt.get(key.keyId) ?? null }),
      ),
    apply: (facts) => {
      for (const fact of facts) take(fact);
    },
  };
}

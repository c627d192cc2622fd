import { newFact, streams } from '@provisie/domain';
import type { Fact, Instant, Scope } from '@provisie/domain';
import type { EventStore } from '@provisie/event-store';
import { createApiKey, hashApiKey, hintOf } from '@provisie/http';
import type { Idempotency } from '@provisie/http';
import { changeStream, requestEventId } from '../change-stream.ts';
import type { Changed } from '../change-stream.ts';
import { problem } from '../problems.ts';
import type { AccessKey, LiveKeyRing } from './key-ring.ts';
import { createKeyRing } from './key-ring.ts';

export interface KeyPorts {
  readonly store: EventStore;
  readonly ids: () => string;
  readonly now: () => Instant;
  /** Where there is one, it knows the change at once. */
  readonly keyRing?: LiveKeyRing;
}

export interface KeyRequest {
  readonly label: string;
  readonly scopes: readonly Scope[];
  /** Whose data a `partner` key may read. */
  readonly partnerId?: string;
}

export interface Caller {
  readonly by: string;
  readonly idempotency: Idempotency | null;
}

export interface IssuedKey {
  readonly key: AccessKey;
  /** Shown once; null when the key was issued by an earlier request with the same Idempotency-Key. */
  readonly secret: string | null;
  readonly changed: Changed;
}

const FIRST_KEY_ID = 'first-admin';

/** Issues a key; only the hash of its secret is kept. */
export async function issueKey(
  ports: KeyPorts,
  caller: Caller,
  request: KeyRequest,
): Promise<IssuedKey> {
  const keyId = caller.idempotency === null ? ports.ids() : requestEventId(caller.idempotency);
  return issueWithId(ports, caller, keyId, request);
}

async function issueWithId(
  ports: KeyPorts,
  caller: Caller,
  keyId: string,
  { label, scopes, partnerId }: KeyRequest,
): Promise<IssuedKey> {
  const secret = createApiKey();
  const changed = await changeStream(ports, {
    ...caller,
    stream: streams.accessKey(keyId),
    decide: (facts, newId) => {
      if (facts.length > 0) throw problem('already_exists', `There is a key ${keyId} already.`);
      const data = {
        keyId,
        secretHash: hashApiKey(secret),
        hint: hintOf(secret),
        label,
        scopes: [...scopes],
        ...(partnerId === undefined ? {} : { partnerId }),
      };
      return [newFact('AccessKeyIssued', { id: newId(), occurredAt: ports.now(), data })];
    },
  });
  ports.keyRing?.apply(changed.facts);
  return { key: knownKey(changed.facts), secret: changed.written ? secret : null, changed };
}

/** Ends a key from now on; one that was revoked stays so. Throws `not_found`. */
export async function revokeKey(
  ports: KeyPorts,
  caller: Caller,
  keyId: string,
): Promise<{ readonly key: AccessKey; readonly changed: Changed }> {
  const changed = await changeStream(ports, {
    ...caller,
    stream: streams.accessKey(keyId),
    decide: (facts, newId) => {
      if (knownKey(facts).revokedAt !== null) return [];
      const revocation = { id: newId(), occurredAt: ports.now(), data: { keyId } };
      return [newFact('AccessKeyRevoked', revocation)];
    },
  });
  ports.keyRing?.apply(changed.facts);
  return { key: knownKey(changed.facts), changed };
}

/**
 * For the first start: an admin key, if no key was ever issued; null otherwise. Two processes that start at
 * once get one key between them.
 */
export async function issueFirstAdminKey(
  ports: KeyPorts,
): Promise<{ readonly keyId: string; readonly secret: string } | null> {
  for await (const batch of ports.store.readAll(0, { categories: ['accesskey'], batchSize: 1 })) {
    if (batch.length > 0) return null;
  }
  const caller: Caller = {
    by: 'first-start',
    idempotency: { name: ['first-start', 'issue', FIRST_KEY_ID], requestHash: '' },
  };
  const request: KeyRequest = { label: 'First admin key', scopes: ['admin'] };
  const { secret } = await issueWithId(ports, caller, FIRST_KEY_ID, request);
  return secret === null ? null : { keyId: FIRST_KEY_ID, secret };
}

function knownKey(facts: readonly Fact[]): AccessKey {
  const ring = createKeyRing();
  ring.apply(facts);
  const key = ring.keys()[0];
  if (key === undefined) throw problem('not_found', 'There is no such access key.');
  return key;
}

import { issueKey, openKeyRing, revokeKey, type AccessKey } from '@provisie/admin-api';
import { partnerIdSchema, scopeSchema, streams, type Scope } from '@provisie/domain';
import type { Stores } from '@provisie/engines';
import { createEventIds, type EventStore } from '@provisie/event-store';
import { UsageError } from '@provisie/process';
import { withLog } from '../../installation.ts';
import { print, table } from '../output.ts';

const CALLER = { by: 'command-line', idempotency: null };

/** `provisie keys list`; also while a server runs. */
export async function listKeysCommand(stores: Stores): Promise<void> {
  await withLog(stores, 'read', async (store) => {
    const keys = await knownKeys(store);
    if (keys.length === 0) print('There is no access key yet; `provisie serve` makes the first.');
    else
      print(
        table(['key', 'hint', 'scopes', 'partner', 'issued', 'revoked', 'label'], keys.map(row)),
      );
  });
}

export interface IssueChoices {
  readonly scope: readonly string[];
  readonly label: string;
  readonly partner?: string;
}

/** `provisie keys issue`: shows the secret this once. */
export async function issueKeyCommand(stores: Stores, choices: IssueChoices): Promise<void> {
  const scopes = choices.scope.map(scopeOf);
  const partnerId = choices.partner;
  if (scopes.includes('partner') !== (partnerId !== undefined)) {
    throw new UsageError('The scope partner and --partner <id> go together.');
  }
  if (partnerId !== undefined && !partnerIdSchema.safeParse(partnerId).success) {
    throw new UsageError(`${JSON.stringify(partnerId)} is no partner id such as woonblog.`);
  }
  await withLog(stores, 'write', async (store) => {
    if (partnerId !== undefined) await requirePartner(store, partnerId);
    const { label } = choices;
    const request = { label, scopes, ...(partnerId === undefined ? {} : { partnerId }) };
    const { key, secret } = await issueKey(portsOf(store), CALLER, request);
    print(`Key ${key.keyId} (${scopes.join(', ')}). Its secret, shown this once and kept nowhere:`);
    print(`  ${secret ?? ''}`);
  });
}

/** `provisie keys revoke`. */
export async function revokeKeyCommand(stores: Stores, keyId: string): Promise<void> {
  await withLog(stores, 'write', async (store) => {
    const keys = await knownKeys(store);
    if (!keys.some((key) => key.keyId === keyId)) {
      throw new UsageError(`There is no access key ${keyId}; \`provisie keys list\` shows them.`);
    }
    await revokeKey(portsOf(store), CALLER, keyId);
    print(`Key ${keyId} is revoked.`);
  });
}

async function knownKeys(store: EventStore): Promise<readonly AccessKey[]> {
  const stop = new AbortController();
  const ring = await openKeyRing(store, { signal: stop.signal });
  stop.abort();
  return ring.keys();
}

async function requirePartner(store: EventStore, partnerId: string): Promise<void> {
  const events = await Array.fromAsync(store.readStream(streams.partner(partnerId), { limit: 1 }));
  if (events.length === 0) throw new UsageError(`There is no partner ${partnerId}.`);
}

function portsOf(store: EventStore) {
  return { store, ids: createEventIds(), now: Date.now };
}

function scopeOf(text: string): Scope {
  const scope = scopeSchema.safeParse(text);
  if (scope.success) return scope.data;
  throw new UsageError(
    `${JSON.stringify(text)} is no scope; there are ${scopeSchema.options.join(', ')}.`,
  );
}

function row(key: AccessKey): string[] {
  const day = (at: number | null) => (at === null ? '' : new Date(at).toISOString().slice(0, 10));
  const { keyId, hint, scopes, partnerId, issuedAt, revokedAt, label } = key;
  return [keyId, hint, scopes.join(' '), partnerId ?? '', day(issuedAt), day(revokedAt), label];
}

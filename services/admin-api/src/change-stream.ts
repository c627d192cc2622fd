import { decideAndAppend, eventIdOf, EventStoreError, readFact } from '@provisie/event-store';
import { newFact, type JsonObject } from '@provisie/domain';
import type { EventStore, RecordedEvent } from '@provisie/event-store';
import type { Fact, Instant, NewFact } from '@provisie/domain';
import { idempotencyKeyReused } from '@provisie/http';
import type { Idempotency } from '@provisie/http';
import { problem } from './problems.ts';

/** What somebody wants done to one entity. */
export interface Command {
  readonly stream: string;
  /** The access key that asks for it, or what else does. */
  readonly by: string;
  readonly idempotency: Idempotency | null;
  /**
   * What happens, given all that happened to the entity: nothing when it is so already. Refuses by throwing
   * a problem. May run again when somebody else wrote in between. `newId` gives ids for its events.
   */
  readonly decide: (
    facts: readonly Fact[],
    newId: () => string,
  ) => Promise<readonly NewFact[]> | readonly NewFact[];
}

export interface Changed {
  /** All that happened to the entity up to and with this command. */
  readonly facts: readonly Fact[];
  /** A read that has waited for it sees the change. */
  readonly position: number;
  /** False when there was nothing to do. */
  readonly written: boolean;
}

interface CommandPorts {
  readonly store: EventStore;
  readonly ids: () => string;
  readonly now: () => Instant;
}

/** A shop may tell of one order many times at the same moment, and each round of deciding lets one through. */
const ATTEMPTS = 40;

/** Carries a command out. One that was carried out before gives what it gave then. */
export async function changeStream(ports: CommandPorts, command: Command): Promise<Changed> {
  const repeat: { of: Changed | null } = { of: null };
  let changes = false;
  const decide = async (before: readonly RecordedEvent[]) => {
    repeat.of = alreadyHandled(command, before);
    if (repeat.of !== null) return [];
    const decided = await command.decide(before.map(readFact), idsOf(ports, command));
    changes = decided.length > 0;
    const events = changes ? decided : noteOf(ports, command);
    const metadata = metadataOf(command, events);
    return events.map((event) => Object.assign({}, event, { metadata }));
  };
  const result = await decideAndAppend(ports.store, command.stream, decide, {
    attempts: ATTEMPTS,
  }).catch((error: unknown) => {
    throw usedElsewhere(command, error) ? idempotencyKeyReused() : error;
  });
  if (!result.ok) throw contended();
  if (repeat.of !== null) return repeat.of;
  const { before, events, append } = result;
  const { position } = append;
  const written = events.length > 0;
  const facts = await factsOf(ports.store, command.stream, before, written);
  const at = written ? position : (before.at(-1)?.position ?? position);
  return { facts, position: at, written: changes };
}

/**
 * Remembers a request that found nothing to do by its Idempotency-Key: repeated late, it would be carried out on what has
 * happened since, and end, say, a suspension that came after it.
 */
function noteOf({ now }: CommandPorts, { idempotency }: Command): readonly NewFact[] {
  if (idempotency === null) return [];
  const id = requestEventId(idempotency);
  return [newFact('RequestChangedNothing', { id, occurredAt: now(), data: {} })];
}

/** Ids of a request with an Idempotency-Key follow from the key, whatever entity it names in its body. */
function usedElsewhere({ idempotency }: Command, error: unknown): boolean {
  const isTaken = error instanceof EventStoreError && error.code === 'event_id_reused';
  return isTaken && idempotency !== null;
}

async function factsOf(
  store: EventStore,
  stream: string,
  before: readonly RecordedEvent[],
  written: boolean,
): Promise<readonly Fact[]> {
  const after = written
    ? await Array.fromAsync(store.readStream(stream, { fromRevision: before.length }))
    : [];
  return [...before, ...after].map(readFact);
}

/** Ids follow from the Idempotency-Key where there is one, so that the log itself shows a repeat. */
function idsOf(ports: CommandPorts, command: Command): () => string {
  const { idempotency } = command;
  if (idempotency === null) return ports.ids;
  let count = 0;
  return () => {
    const id = requestEventId(idempotency, count);
    count += 1;
    return id;
  };
}

/** The id of the n-th event that a request with an Idempotency-Key leaves. */
export function requestEventId(idempotency: Idempotency, count = 0): string {
  return eventIdOf('request', ...idempotency.name, String(count));
}

function metadataOf(command: Command, events: readonly NewFact[]): JsonObject {
  const first = events[0]?.id;
  return {
    by: command.by,
    ...(first === undefined ? {} : { command: first }),
    ...(command.idempotency === null ? {} : { requestHash: command.idempotency.requestHash }),
  };
}

function alreadyHandled(command: Command, before: readonly RecordedEvent[]): Changed | null {
  const { idempotency } = command;
  if (idempotency === null) return null;
  const id = requestEventId(idempotency);
  const last = before.findLast((event) => event.id === id || event.metadata['command'] === id);
  if (last === undefined) return null;
  if (last.metadata['requestHash'] !== idempotency.requestHash) throw idempotencyKeyReused();
  const upTo = before.filter((event) => event.revision <= last.revision);
  return { facts: upTo.map(readFact), position: last.position, written: false };
}

function contended() {
  return problem('write_contended', 'Nothing was written. Try again.', {
    headers: { 'Retry-After': '1' },
  });
}

/** All that happened to an entity; empty when there is none. */
export async function readFacts(store: EventStore, stream: string): Promise<readonly Fact[]> {
  const events = await Array.fromAsync(store.readStream(stream));
  return events.map(readFact);
}

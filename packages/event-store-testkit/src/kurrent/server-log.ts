import { CommittedIds } from './committed-ids.ts';
import type { ServerRecord } from './server-record.ts';
import { isWithin, retentionOf } from './stream-retention.ts';

export type ProposedEvent = Pick<ServerRecord, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;

export type ExpectedByServer = 'any' | 'no_stream' | 'stream_exists' | number;

export type WriteOutcome =
  | {
      readonly kind: 'written';
      readonly revision: number | null;
      readonly position: number | null;
      readonly prepare: number | null;
    }
  | { readonly kind: 'wrong_revision'; readonly current: number | null }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'too_large'; readonly limit: number };

export interface ServerLogOptions {
  /** UTC milliseconds. */
  readonly clock?: () => number;
  /** Bytes of one append; the server's default. */
  readonly maxAppendBytes?: number;
}

const DEFAULT_MAX_APPEND_BYTES = 1_048_576;

/**
 * The log of an EventStoreDB or KurrentDB server, in memory, with the semantics of its index writer:
 * expected revisions, and ids that are looked up where the expected revision says they would stand. With
 * `any` only the ids in a cache are known, and that is empty after a restart.
 */
export class ServerLog {
  readonly records: ServerRecord[] = [];
  readonly #streams = new Map<string, ServerRecord[]>();
  readonly #deleted = new Set<string>();
  readonly #committed = new CommittedIds();
  /** Where records began, also those that were scavenged. */
  readonly #boundaries = new Set<number>();
  readonly #listeners = new Set<() => void>();
  readonly #clock: () => number;
  readonly #maxAppendBytes: number;
  #end = 0;

  constructor(options: ServerLogOptions = {}) {
    this.#clock = options.clock ?? Date.now;
    this.#maxAppendBytes = options.maxAppendBytes ?? DEFAULT_MAX_APPEND_BYTES;
    // A server's log is never empty: it writes about itself first.
    this.writeSystemEvent('$users', '$UserCreated');
    this.writeSystemEvent('$epoch-information', '$EpochInformation');
  }

  write(
    stream: string,
    events: readonly ProposedEvent[],
    expected: ExpectedByServer,
  ): WriteOutcome {
    let bytes = 0;
    for (const { data, metadata, type } of events) {
      bytes += data.length + metadata.length + type.length * 2;
    }
    if (bytes > this.#maxAppendBytes) return { kind: 'too_large', limit: this.#maxAppendBytes };
    if (this.#deleted.has(stream)) return { kind: 'deleted' };
    const current = this.lastRevision(stream);
    const ids = events.map(({ id }) => id);
    const verdict = this.#check(stream, ids, expected, current);
    if (verdict === 'wrong') return { kind: 'wrong_revision', current };
    if (verdict !== 'write') return this.#writtenBefore(stream, verdict);
    return this.#commit(stream, events, current ?? -1);
  }

  /** Null for a stream without events. Counts those that retention hides. */
  lastRevision(stream: string): number | null {
    return this.#streams.get(stream)?.at(-1)?.revision ?? null;
  }

  isDeleted(stream: string): boolean {
    return this.#deleted.has(stream);
  }

  /** Whether a record begins there, or once did, or the log ends there. */
  isBoundary(position: number): boolean {
    return this.#boundaries.has(position) || position === this.#end;
  }

  /** What reading the stream shows: retention applies at once. Null when there is no such stream. */
  visible(stream: string): readonly ServerRecord[] | null {
    const all = this.#streams.get(stream);
    if (all === undefined) return null;
    const retention = retentionOf(this.#streams.get(`$$${stream}`)?.at(-1));
    const lastRevision = all.at(-1)?.revision ?? -1;
    return all.filter((record) => isWithin(record, retention, lastRevision, this.#clock()));
  }

  /** Removes from the log what retention hides, as an operator's scavenge does. */
  scavenge(): void {
    for (const [stream, all] of this.#streams) {
      const kept = new Set(this.visible(stream));
      // The last event of a stream stays: its revision is needed.
      const gone = new Set(all.slice(0, -1).filter((record) => !kept.has(record)));
      if (gone.size === 0) continue;
      this.#streams.set(
        stream,
        all.filter((record) => !gone.has(record)),
      );
      const rest = this.records.filter((record) => !gone.has(record));
      this.records.splice(0, this.records.length, ...rest);
    }
  }

  /** Deletes the stream for good; its name can't be used again. */
  tombstone(stream: string): void {
    this.#deleted.add(stream);
  }

  writeSystemEvent(stream: string, type: string): void {
    const event = {
      id: crypto.randomUUID(),
      type,
      contentType: 'application/json',
      data: Buffer.from('{}'),
      metadata: new Uint8Array(),
    };
    this.#commit(stream, [event], this.lastRevision(stream) ?? -1);
  }

  /** As a restart does: events stay, the cache of ids for `any` is gone. */
  forgetCache(): void {
    this.#committed.clear();
  }

  /** Called after every write, until the function that is returned is called. */
  onWrite(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #check(
    stream: string,
    ids: readonly string[],
    expected: ExpectedByServer,
    current: number | null,
  ): 'write' | 'wrong' | { readonly last: number } {
    if (expected === 'stream_exists' && current === null) return 'wrong';
    if (expected === 'any' || expected === 'stream_exists') {
      return this.#committed.verdictOf(stream, ids);
    }
    const revision = expected === 'no_stream' ? -1 : expected;
    const last = current ?? -1;
    if (revision === last) return 'write';
    if (revision > last || ids.length === 0) return 'wrong';
    return this.#standsAfter(stream, ids, revision) ? { last: revision + ids.length } : 'wrong';
  }

  #standsAfter(stream: string, ids: readonly string[], revision: number): boolean {
    const all = this.#streams.get(stream) ?? [];
    const first = all.findIndex((record) => record.revision === revision + 1);
    return first !== -1 && ids.every((id, index) => all[first + index]?.id === id);
  }

  #writtenBefore(stream: string, { last }: { readonly last: number }): WriteOutcome {
    const record = this.#streams.get(stream)?.find(({ revision }) => revision === last);
    const position = record?.position ?? null;
    return { kind: 'written', revision: last, position, prepare: position };
  }

  #commit(stream: string, events: readonly ProposedEvent[], last: number): WriteOutcome {
    const known = this.#streams.get(stream) ?? [];
    this.#streams.set(stream, known);
    const first = this.#end;
    for (const [index, event] of events.entries()) {
      const record: ServerRecord = {
        ...event,
        stream,
        revision: last + 1 + index,
        position: this.#end,
        createdTicks: BigInt(Math.floor(this.#clock())) * 10_000n,
      };
      this.#boundaries.add(this.#end);
      this.#end += 90 + event.data.length + event.metadata.length;
      this.#committed.add(event.id, stream, record.revision);
      known.push(record);
      this.records.push(record);
    }
    const position = this.records.at(-1)?.position ?? null;
    for (const listener of this.#listeners) listener();
    if (events.length === 0) {
      return { kind: 'written', revision: last < 0 ? null : last, position: null, prepare: null };
    }
    return { kind: 'written', revision: last + events.length, position, prepare: first };
  }
}

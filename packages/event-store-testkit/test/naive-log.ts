import { isDeepStrictEqual } from 'node:util';
import type { AppendResult, ExpectedRevision, NewEvent } from '@provisie/event-store';

export interface NaiveEvent extends NewEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
}

/** What an event store does, said in the simplest way: a list that is searched from the start. */
export class NaiveLog {
  readonly events: NaiveEvent[] = [];

  append(
    stream: string,
    added: readonly NewEvent[],
    expected: ExpectedRevision,
  ): AppendResult | 'event_id_reused' {
    if (new Set(added.map(({ id }) => id)).size < added.length) return 'event_id_reused';
    const found = added.flatMap((event) => {
      const index = this.events.findIndex(({ id }) => id === event.id);
      return index === -1 ? [] : [index];
    });
    const isReused = added.some((event) => this.events.some((old) => clash(stream, event, old)));
    if (isReused) return 'event_id_reused';
    const last = this.events.findLast((event) => event.stream === stream)?.revision ?? null;
    const conflict = { ok: false, reason: 'conflict', actualRevision: last } as const;
    if (found.length > 0) return this.#repeat(found, added.length) ?? conflict;
    const isExpected = expected === 'any' || (expected === 'no_stream' ? null : expected) === last;
    if (!isExpected) return conflict;
    for (const [index, event] of added.entries()) {
      const revision = (last ?? -1) + 1 + index;
      this.events.push({ ...event, stream, revision, position: this.events.length + 1 });
    }
    const revision = added.length === 0 ? last : (last ?? -1) + added.length;
    return { ok: true, revision, position: this.events.length, repeated: false };
  }

  #repeat(found: readonly number[], wanted: number): AppendResult | null {
    const revisions = found.map((index) => this.events[index]?.revision ?? -1);
    const first = revisions[0] ?? -1;
    const isRow = revisions.every((revision, index) => revision === first + index);
    if (found.length < wanted || !isRow) return null;
    const position = (found.at(-1) ?? 0) + 1;
    return { ok: true, revision: revisions.at(-1) ?? null, position, repeated: true };
  }
}

function clash(stream: string, event: NewEvent, old: NaiveEvent): boolean {
  if (old.id !== event.id) return false;
  const isSame = old.stream === stream && old.type === event.type;
  return !isSame || !isDeepStrictEqual(old.data, event.data);
}

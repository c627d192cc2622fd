import { createEventIds } from '@provisie/event-store';
import type { JsonObject } from '@provisie/domain';
import type {
  AppendResult,
  Batch,
  EventStore,
  NewEvent,
  ReadAllOptions,
  RecordedEvent,
} from '@provisie/event-store';
import { expect } from 'vitest';

const nextId = createEventIds();

export function anEvent(data: JsonObject = {}, more: Partial<NewEvent> = {}): NewEvent {
  return { id: nextId(), type: 'Noted', version: 1, occurredAt: 1_700_000_000_000, data, ...more };
}

export function events(count: number): NewEvent[] {
  return Array.from({ length: count }, (_, n) => anEvent({ n }));
}

export async function ofStream(store: EventStore, stream: string): Promise<RecordedEvent[]> {
  return Array.fromAsync(store.readStream(stream));
}

export async function ofLog(
  store: EventStore,
  after = 0,
  options: ReadAllOptions = {},
): Promise<RecordedEvent[]> {
  return (await Array.fromAsync(store.readAll(after, options))).flat();
}

export function idsOf(list: readonly { readonly id: string }[]): string[] {
  return list.map(({ id }) => id);
}

export function mustBeOk(result: AppendResult): Extract<AppendResult, { readonly ok: true }> {
  if (!result.ok) throw new Error(`met a conflict, the stream is at ${result.actualRevision}`);
  return result;
}

/** What a subscription delivers until `isEnough`; fails when that takes longer than ten seconds. */
export async function delivered(
  store: EventStore,
  after: number,
  isEnough: (batches: readonly Batch[]) => boolean,
  options: ReadAllOptions = {},
): Promise<Batch[]> {
  const batches: Batch[] = [];
  const signal = AbortSignal.timeout(10_000);
  for await (const batch of store.subscribe(after, { ...options, signal })) {
    batches.push(batch);
    if (isEnough(batches)) return batches;
  }
  throw new Error(
    `the subscription ended or fell silent after ${JSON.stringify(batches).slice(0, 500)}`,
  );
}

export function eventsOf(batches: readonly Batch[]): RecordedEvent[] {
  return batches.flatMap((batch) => (batch.kind === 'events' ? batch.events : []));
}

export function isCaughtUp(batches: readonly Batch[]): boolean {
  return batches.at(-1)?.kind === 'caught_up';
}

export function expectGrowing(numbers: readonly number[]): void {
  for (const [index, number] of numbers.entries()) {
    if (index > 0) expect(number).toBeGreaterThan(numbers[index - 1] ?? Infinity);
  }
}

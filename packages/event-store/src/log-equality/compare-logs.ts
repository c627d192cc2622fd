import type { EventStore, RecordedEvent } from '../event-store.ts';
import { EventChain, type ChainLink } from './event-chain.ts';
import { eventDifference, type ComparedField } from './event-difference.ts';
import { contentLine } from './event-line.ts';

export interface ComparedLogs {
  readonly one: Pick<EventStore, 'readAll'>;
  readonly other: Pick<EventStore, 'readAll'>;
  /** False where one of the engines gives its own positions. */
  readonly withPositions: boolean;
  readonly batchSize?: number;
  /** How many pairs are compared. */
  readonly onProgress?: (events: number) => void;
}

export interface LogDifference {
  /** Which event of the log, from 1. */
  readonly ordinal: number;
  /** `missing`: only one of the logs goes on. */
  readonly field: ComparedField | 'missing';
  readonly one: RecordedEvent | null;
  readonly other: RecordedEvent | null;
}

export interface LogComparison {
  /** Null: they are equal, to the end of both. */
  readonly difference: LogDifference | null;
  /** Over what is equal: the chains of `contentLine`, of each log on its own. */
  readonly one: ChainLink;
  readonly other: ChainLink;
  /** The last event that is equal in both; null when there is none. */
  readonly last: RecordedEvent | null;
  /** The same event as `other` has it. */
  readonly lastOfOther: RecordedEvent | null;
}

/** Reads both logs from the beginning and compares event by event, up to the first difference. */
export async function compareLogs(logs: ComparedLogs): Promise<LogComparison> {
  const { batchSize = 1000, withPositions, onProgress } = logs;
  const ones = eventsOf(logs.one.readAll(0, { batchSize }));
  const others = eventsOf(logs.other.readAll(0, { batchSize }));
  const chains = { one: new EventChain(), other: new EventChain() };
  let last: RecordedEvent | null = null;
  let lastOfOther: RecordedEvent | null = null;
  let difference: LogDifference | null = null;
  try {
    for (;;) {
      const [one, other] = await Promise.all([nextOf(ones), nextOf(others)]);
      if (one === null && other === null) break;
      const field =
        one === null || other === null ? 'missing' : eventDifference(one, other, { withPositions });
      if (field !== null || one === null || other === null) {
        difference = { ordinal: chains.one.events + 1, field: field ?? 'missing', one, other };
        break;
      }
      chains.one.add(contentLine(one));
      chains.other.add(contentLine(other));
      [last, lastOfOther] = [one, other];
      if (chains.one.events % batchSize === 0) onProgress?.(chains.one.events);
    }
  } finally {
    await Promise.all([ones.return(undefined), others.return(undefined)]);
  }
  onProgress?.(chains.one.events);
  return { difference, one: linkOf(chains.one), other: linkOf(chains.other), last, lastOfOther };
}

async function* eventsOf(
  batches: AsyncIterable<readonly RecordedEvent[]>,
): AsyncGenerator<RecordedEvent, undefined> {
  for await (const batch of batches) yield* batch;
}

async function nextOf(
  events: AsyncGenerator<RecordedEvent, undefined>,
): Promise<RecordedEvent | null> {
  return (await events.next()).value ?? null;
}

function linkOf({ events, hash }: EventChain): ChainLink {
  return { events, hash };
}

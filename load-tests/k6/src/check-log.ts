import type { EventStore, RecordedEvent } from '@provisie/event-store';
import { z } from 'zod';
import type { Answer } from '../scenarios/answer.ts';

/** What of the answers is in the log. */
export interface LogCheck {
  /** All that k6 wrote down. */
  readonly answers: number;
  /** Answers that said that something was recorded. */
  readonly acknowledged: number;
  /** Redirects that said that nothing was recorded. */
  readonly unrecorded: number;
  /** Acknowledged, and not in the log: there must be none. */
  readonly missing: readonly string[];
  /** In the log more than once, acknowledged or not: there must be none. */
  readonly doubled: readonly string[];
  /** In the log without an answer that k6 heard: it was hanging up, or somebody else was there. */
  readonly unheard: number;
}

/** How many of a kind are named. */
const NAMED = 20;

/** Looks all that was acknowledged up in the log. */
export async function checkLog(
  store: Pick<EventStore, 'readAll'>,
  answers: AsyncIterable<Answer>,
): Promise<LogCheck> {
  const times = new Map<string, number>();
  let answered = 0;
  let unrecorded = 0;
  for await (const { kind, key } of answers) {
    answered += 1;
    if (kind === 'Unrecorded') unrecorded += 1;
    else times.set(`${kind} ${key}`, 0);
  }
  const acknowledged = times.size;
  const doubled: string[] = [];
  for await (const batch of store.readAll(0, { categories: ['touches', 'order'] })) {
    for (const event of batch) {
      const name = nameOf(event);
      if (name === null) continue;
      const before = times.get(name) ?? 0;
      times.set(name, before + 1);
      if (before === 1) doubled.push(name);
    }
  }
  const missing = [...times].filter(([, count]) => count === 0).map(([name]) => name);
  return {
    answers: answered,
    acknowledged,
    unrecorded,
    missing: missing.slice(0, NAMED),
    doubled: doubled.slice(0, NAMED),
    unheard: times.size - acknowledged,
  };
}

/** What is missing or doubled, in words. */
export function faultsOf({ missing, doubled }: LogCheck): readonly string[] {
  return [
    ...missing.map((name) => `acknowledged, but not in the log: ${name}`),
    ...doubled.map((name) => `more than once in the log: ${name}`),
  ];
}

/** When k6 heard other than it wrote down: then the log can't be judged by what it wrote. */
export function wroteOtherwise(heard: number, written: number): string {
  return `k6 heard ${String(heard)} answers and wrote ${String(written)} down`;
}

const ofClick = z.object({ touchId: z.string() });
const ofVisitor = z.object({ visitorId: z.string() });
const ofOrder = z.object({ orderId: z.string() });

/** As the answers name it; null for an event that nobody was given an answer for. */
function nameOf({ type, data }: RecordedEvent): string | null {
  switch (type) {
    case 'ClickRecorded':
      return `${type} ${ofClick.parse(data).touchId}`;
    case 'VisitRecorded':
    case 'CouponEntered':
    case 'VisitorIdentified':
      return `${type} ${ofVisitor.parse(data).visitorId}`;
    case 'OrderPlaced':
      return `${type} ${ofOrder.parse(data).orderId}`;
    default:
      return null;
  }
}

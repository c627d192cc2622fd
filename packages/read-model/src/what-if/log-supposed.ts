import { documentEvents, newFact, payoutEvents, payoutRunEvents, streams } from '@provisie/domain';
import {
  eventIdOf,
  readableFact,
  type ReadableLog,
  type RecordedEvent,
} from '@provisie/event-store';
import type { Supposition } from './supposition.ts';

/** Payouts hold the orders that they pay as they were decided then; who decides anew goes without. */
const PAYOUTS: ReadonlySet<string> = new Set(
  [payoutEvents, payoutRunEvents, documentEvents].flatMap((events) => Object.keys(events)),
);

/** A log as if nothing had been paid out of it. */
export function logWithoutPayouts(log: ReadableLog): ReadableLog {
  return logWithout(log, ({ type }) => PAYOUTS.has(type));
}

/** What `logUnderTerms` puts in front of a log: its positions are greater by so much. */
export const PUT_IN_FRONT = 1;

/**
 * A log as if the programme had published these terms, and none of those in whose place they are. They stand in front of
 * it all, for the order of a log decides nothing.
 */
export function logUnderTerms(log: ReadableLog, supposition: Supposition): ReadableLog {
  const rest = logWithout(log, (event) => isReplaced(event, supposition));
  const first = publicationOf(supposition);
  return {
    async *readAll(after, options) {
      if (after < first.position) yield [first];
      for await (const events of rest.readAll(Math.max(0, after - PUT_IN_FRONT), options)) {
        yield events.map(movedBack);
      }
    },
    async eventAt(position) {
      if (position <= first.position) return position === first.position ? first : null;
      const event = await rest.eventAt(position - PUT_IN_FRONT);
      return event === null ? null : movedBack(event);
    },
  };
}

function movedBack(event: RecordedEvent): RecordedEvent {
  return { ...event, position: event.position + PUT_IN_FRONT };
}

/** Every publication of a version that is replaced, also one that didn't count beside another of that version. */
function isReplaced(event: RecordedEvent, { programmeId, replaces }: Supposition): boolean {
  if (event.type !== 'TermsPublished') return false;
  const fact = readableFact(event);
  if (fact?.type !== 'TermsPublished' || fact.data.programmeId !== programmeId) return false;
  return replaces.includes(fact.data.termsVersion);
}

function publicationOf({
  programmeId,
  termsVersion,
  from: effectiveFrom,
  terms,
}: Supposition): RecordedEvent {
  const stream = streams.programme(programmeId);
  const published = newFact('TermsPublished', {
    id: eventIdOf('TermsPublished', 'supposed', programmeId),
    occurredAt: effectiveFrom,
    data: { programmeId, termsVersion, effectiveFrom, terms },
  });
  return {
    ...published,
    metadata: {},
    stream,
    revision: 0,
    position: PUT_IN_FRONT,
    recordedAt: effectiveFrom,
  };
}

function logWithout(log: ReadableLog, isLeftOut: (event: RecordedEvent) => boolean): ReadableLog {
  return {
    async *readAll(after, options) {
      for await (const events of log.readAll(after, options)) {
        const rest = events.filter((event) => !isLeftOut(event));
        if (rest.length > 0) yield rest;
      }
    },
    async eventAt(position) {
      const event = await log.eventAt(position);
      return event === null || isLeftOut(event) ? null : event;
    },
  };
}

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventStoreError } from '../event-store.ts';
import type { AppendOutcome, PreparedAppend } from '../prepared-append.ts';
import type { PreparedEvent } from '../prepared-event.ts';
import { packedAppends, unpackedAppends } from './packed-appends.ts';
import { packedOutcomes, unpackedOutcomes } from './packed-outcomes.ts';

const text = fc.string({ unit: 'binary', maxLength: 20 });
const wholeNumber = fc.nat(Number.MAX_SAFE_INTEGER);
const revision = fc.option(wholeNumber);

const event: fc.Arbitrary<PreparedEvent> = fc.record({
  id: fc.uuid(),
  type: text,
  version: wholeNumber,
  occurredAt: wholeNumber,
  data: text,
  metadata: fc.option(text),
});

const append: fc.Arbitrary<PreparedAppend> = fc.record({
  stream: text,
  expected: fc.oneof(fc.constantFrom('any' as const, 'no_stream' as const), fc.double()),
  events: fc.array(event, { maxLength: 4 }),
});

const outcome: fc.Arbitrary<AppendOutcome> = fc.oneof(
  fc.record({
    ok: fc.constant(true as const),
    revision,
    position: wholeNumber,
    repeated: fc.boolean(),
  }),
  fc.record({
    ok: fc.constant(false as const),
    reason: fc.constant('conflict' as const),
    actualRevision: revision,
  }),
  text.map((message) => new EventStoreError('event_id_reused', message)),
);

test('appends come out of the other end as they went in', () => {
  fc.assert(
    fc.property(fc.array(append, { maxLength: 6 }), (appends) => {
      const packed = structuredClone(packedAppends(appends));
      expect(unpackedAppends(packed)).toEqual(appends);
    }),
  );
});

test('what came of them does, too', () => {
  fc.assert(
    fc.property(fc.array(outcome, { maxLength: 6 }), (outcomes) => {
      const packed = structuredClone(packedOutcomes(outcomes));
      expect(unpackedOutcomes(packed)).toEqual(outcomes);
    }),
  );
});

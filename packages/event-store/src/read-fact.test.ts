import { describe, expect, test } from 'vitest';
import type { RecordedEvent } from './event-store.ts';
import { readFact } from './read-fact.ts';

const recorded: RecordedEvent = {
  id: '0193a1b2-0000-7000-8000-000000000001',
  type: 'PartnerApproved',
  version: 1,
  occurredAt: 1_000,
  data: { partnerId: 'woonblog' },
  metadata: { requestHash: 'x' },
  stream: 'partner-woonblog',
  revision: 1,
  position: 17,
  recordedAt: 2_000,
};

describe('reading a fact', () => {
  test('gives what the domain knows of it', () => {
    expect(readFact(recorded)).toEqual({
      id: recorded.id,
      type: 'PartnerApproved',
      occurredAt: 1_000,
      recordedAt: 2_000,
      position: 17,
      data: { partnerId: 'woonblog' },
    });
  });

  test.each([
    ['an unknown type', { type: 'PartnerPromoted' }, /no event is called/],
    ['the name of an inherited property', { type: 'toString' }, /no event is called/],
    ['a version from the future', { version: 99 }, /versions 1 to 1, not 99/],
    ['a value that does not fit', { data: { partnerId: '' } }, /partnerId: like woonblog/],
    ['a missing value', { data: {} }, /partnerId: /],
    ['no object', { data: null }, /PartnerApproved: /],
  ])('names place and path of %s', (_, change, message) => {
    const read = () => readFact({ ...recorded, ...change });
    expect(read).toThrow(expect.objectContaining({ code: 'event_unreadable' }));
    expect(read).toThrow(message);
    expect(read).toThrow(/position 17 .*stream partner-woonblog, revision 1/);
  });
});

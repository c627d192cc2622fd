import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { endOfEntries, entryIdOf, entryKey, entryMoved, entryOfId } from './entry-key.ts';

const position = fc.oneof(fc.nat(100), fc.maxSafeNat());
const which = fc.constantFrom('order/o-1/EUR', 'order/ö/EUR', 'payout/p/EUR', 'write_off/w/USD');

test('keys stand in the order of their positions', () => {
  fc.assert(
    fc.property(position, position, which, which, (one, other, a, b) => {
      fc.pre(one !== other);
      expect(entryKey(one, a) < entryKey(other, b)).toBe(one < other);
    }),
  );
});

test('the end of a position’s entries is behind them and before those of the next', () => {
  fc.assert(
    fc.property(position, position, which, (end, other, a) => {
      expect(entryKey(other, a) < endOfEntries(end)).toBe(other <= end);
    }),
  );
});

test('what an entry is called outside leads back to its key', () => {
  const cause_event_id = '019ac7a5-0f3e-7bd1-8f5a-3c8d7b1e2a4f';
  fc.assert(
    fc.property(position, which, (at, a) => {
      const entryId = entryIdOf({ cause_event_id, entry: entryKey(at, a) });
      expect(entryId).toBe(`${cause_event_id}/${a}`);
      expect(entryOfId(at, entryId)).toBe(entryKey(at, a));
    }),
  );
});

test('an entry that moves stands where its cause stands then', () => {
  fc.assert(
    fc.property(fc.nat(100), fc.nat(), which, (at, positions, a) => {
      expect(entryMoved(entryKey(at, a), positions)).toBe(entryKey(at + positions, a));
    }),
  );
});

import { UnavailableError, NotLeaderError } from '@eventstore/db-client';
import { serverErrors } from '@provisie/event-store-testkit/kurrent';
import { describe, expect, test } from 'vitest';
import { EventStoreError } from '@provisie/event-store';
import { TookTooLong, failureOf, storeErrorOf } from './failure.ts';

const coded = (code: number) =>
  Object.assign(new Error(`secret ${code}`), { code, details: 'secret' });

const failures: readonly (readonly [string, unknown, string, boolean])[] = [
  ['a bare code 14', coded(14), 'unreachable', true],
  ['a bare code 1', coded(1), 'unreachable', true],
  ['a bare code 13, as of a stream that was reset', coded(13), 'unreachable', true],
  ['a bare code 4', coded(4), 'timed_out', true],
  ['a bare code 10', coded(10), 'timed_out', true],
  ['a bare code 16', coded(16), 'denied', false],
  ['a bare code 7', coded(7), 'denied', false],
  ['a bare code 3', coded(3), 'refused', false],
  ['the class for 14', new UnavailableError(), 'unreachable', true],
  [
    'the class for another leader',
    new NotLeaderError(serverErrors.notLeader({ host: 'b', port: 1 })),
    'not_leader',
    true,
  ],
  ['another leader', serverErrors.notLeader({ host: 'b', port: 1 }), 'not_leader', true],
  ['no leader', serverErrors.noLeader(), 'not_leader', true],
  ['too large', serverErrors.tooLarge(5), 'too_large', false],
  ['access denied', serverErrors.accessDenied(), 'denied', false],
  ['a deleted stream', serverErrors.deleted('order-1'), 'deleted', false],
  [
    'discovery that found nobody',
    new Error('Failed to discover after 3 attempts.'),
    'unreachable',
    true,
  ],
  ['our own time limit', new TookTooLong(), 'timed_out', true],
  ['a mistake in a program', new TypeError('x is undefined'), 'refused', false],
];

describe('a failure of a call', () => {
  test.each(failures)('%s is told by its code or its class', (_name, error, kind, isPassing) => {
    expect(failureOf(error)).toMatchObject({ kind, isPassing });
  });

  test('reaches a caller in our words, with nothing of the error', () => {
    for (const [, error] of failures) {
      const shown = storeErrorOf(error, 'node1:2113', 'appending to order-1');
      expect(shown).toBeInstanceOf(EventStoreError);
      expect(shown.message).toMatch(/appending to order-1, node1:2113/);
      expect(shown.message).not.toContain('secret');
      expect(shown.cause).toBeUndefined();
    }
  });
});

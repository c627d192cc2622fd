import { gatherFacts } from '@provisie/domain';
import { readFact } from '@provisie/event-store';
import { expect, test } from 'vitest';
import { day, event, recorded, scheduled, writtenOff, type Written } from '../../test/events.ts';
import { NamedLines } from './named-lines.ts';

const line = (orderId: string, amountCents: number) => ({ orderId, touchId: 't', amountCents });
const payout = scheduled('p', 'ann', day(1), [line('a', 1), line('b', 2), line('a', 3)]);
const paid = event('PayoutPaid', day(2), { payoutId: 'p', partnerId: 'ann' });

function narrowed(events: readonly Written[], ...orderIds: string[]): unknown[] {
  const { entities } = gatherFacts(recorded(events).map(readFact));
  return new NamedLines()
    .narrowed(entities, new Set(orderIds))
    .map((fact) =>
      fact.type === 'PayoutScheduled' || fact.type === 'BalanceWrittenOff'
        ? fact.data.lines.map(({ orderId, amountCents }) => [orderId, amountCents])
        : fact.type,
    );
}

test.each<[string, string[], unknown[]]>([
  ['one order', ['b'], [['b', 2]]],
  [
    'an order of two lines',
    ['a', 'x'],
    [
      ['a', 1],
      ['a', 3],
    ],
  ],
  ['no order of it', ['x'], []],
])('of a payout only the lines that name %s', (_, orderIds, lines) => {
  expect(narrowed([payout, paid], ...orderIds)).toEqual([lines, 'PayoutPaid']);
});

test('of a write-off too', () => {
  const writeOff = writtenOff('w', 'ann', day(1), [line('a', 1), line('b', 2)]);
  expect(narrowed([writeOff], 'b')).toEqual([[['b', 2]]]);
});

test('two facts that claim one payout id stay whole: their contents are compared', () => {
  const other = scheduled('p', 'ann', day(1), [line('a', 1)]);
  expect(narrowed([payout, other], 'b')).toEqual([
    [
      ['a', 1],
      ['b', 2],
      ['a', 3],
    ],
    [['a', 1]],
  ]);
});

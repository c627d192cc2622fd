import { describe, expect, test } from 'vitest';
import {
  PLACED,
  click,
  customerKey,
  entered,
  identified,
  order,
  uuid,
  visit,
} from '../test/given.ts';
import type { Fact } from './event-catalogue.ts';
import { gatherFacts } from './gather-facts.ts';

const recorded = { id: uuid(0), occurredAt: PLACED, recordedAt: PLACED, position: 1 };

describe('gathering facts', () => {
  const circumstances = { visitor: 'eva', country: 'NL', consent: 'denied', bot: true } as const;
  const narrowed = {
    visitorId: 'visitor-eva',
    occurredAt: PLACED,
    recordedAt: PLACED,
    bot: true,
    consent: 'denied',
    country: 'NL',
    linkCode: null,
    couponCode: null,
    clickId: null,
    utm: null,
  };

  test.for<[string, Fact, object]>([
    [
      'a click',
      click(1, 'anna', PLACED, circumstances),
      { ...narrowed, touchId: uuid(1), kind: 'click', linkCode: 'anna' },
    ],
    [
      'a visit',
      visit(2, PLACED, { ...circumstances, ref: 'bram', clickId: 1, utm: { source: 'blog' } }),
      {
        ...narrowed,
        touchId: uuid(2),
        kind: 'visit',
        linkCode: 'bram',
        clickId: uuid(1),
        utm: { source: 'blog' },
      },
    ],
    [
      'an entered coupon',
      entered(3, 'ANNA', PLACED, circumstances),
      { ...narrowed, touchId: uuid(3), kind: 'coupon_entered', couponCode: 'ANNA' },
    ],
  ])('narrows %s to what the rules read', ([, fact, touch]) => {
    expect(gatherFacts([fact]).touches).toEqual([touch]);
  });

  test('narrows an identification', () => {
    const { identifications } = gatherFacts([identified(4, 'eva', 'finn', PLACED)]);
    expect(identifications).toEqual([
      {
        touchId: uuid(4),
        visitorId: 'visitor-eva',
        customer: customerKey('finn'),
        occurredAt: PLACED,
        recordedAt: PLACED,
      },
    ]);
  });

  test('keeps the rest as it is', () => {
    const placed = order();
    expect(gatherFacts([placed]).entities).toEqual([placed]);
  });

  test('leaves access keys and shops out', () => {
    const issued: Fact = { ...recorded, type: 'AccessKeyRevoked', data: { keyId: 'key-1' } };
    const connected: Fact = { ...recorded, type: 'ShopDisconnected', data: { shopId: 'shop' } };
    expect(gatherFacts([issued, connected])).toEqual({
      touches: [],
      identifications: [],
      entities: [],
    });
  });
});

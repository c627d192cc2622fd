import { decide, gatherFacts } from '@provisie/domain';
import { readFact } from '@provisie/event-store';
import { expect, test } from 'vitest';
import {
  applied,
  approved,
  cancelled,
  click,
  coupon,
  customer,
  day,
  entered,
  event,
  identified,
  link,
  order,
  payoutDetails,
  profileChanged,
  programme,
  recorded,
  refund,
  scheduled,
  smallProgramme,
  terms,
  uuid,
  visit,
  writtenOff,
  type Written,
} from './events.ts';
import { applyInBatches } from './read-models.ts';
import { onEachDatabase } from './dialects.ts';

const utm = { source: 'blog', campaign: 'spring' };
const summer = { source: 'blog', campaign: 'summer' };
const lockedBy = (termsVersion: number) =>
  scheduled('p-1', 'ann', day(30), [
    { orderId: 'o-1', touchId: uuid('t'), amountCents: 7000, termsVersion },
  ]);
const byVisitor = order('o-1', 'c', day(20), { visitor: 'v' });
const clicked = click('v', 'ann-link', day(10), { touch: 't' });

interface Case {
  readonly when: string;
  readonly before: readonly Written[];
  readonly late: readonly Written[];
  /** The orders decided anew. `o-x`, of another customer, visitor and partner, is always there too. */
  readonly decided: readonly string[];
}

const CASES: readonly Case[] = [
  { when: 'a touch of its visitor', before: [byVisitor], late: [clicked], decided: ['o-1'] },
  {
    when: 'a touch of its visitor after the order',
    before: [byVisitor],
    late: [click('v', 'ann-link', day(21))],
    decided: [],
  },
  {
    when: 'a touch of a visitor nobody read',
    before: [byVisitor],
    late: [click('w', 'ann-link', day(10))],
    decided: [],
  },
  {
    when: 'the click that it names',
    before: [order('o-1', 'c', day(20), { clickId: uuid('t') })],
    late: [clicked],
    decided: ['o-1'],
  },
  {
    when: 'the click that a visit of its visitor names',
    before: [visit('v', day(11), { clickId: uuid('t') }), byVisitor],
    late: [click('tracker', 'ann-link', day(10), { touch: 't' })],
    decided: ['o-1'],
  },
  {
    when: 'a touch that counts instead of another with its id',
    before: [clicked, byVisitor],
    late: [click('w', 'bob-link', day(9), { touch: 't', stream: 'again' })],
    decided: ['o-1'],
  },
  {
    when: 'a touch with the id of another that goes on counting',
    before: [clicked, byVisitor],
    late: [click('v', 'bob-link', day(11), { touch: 't', stream: 'again' })],
    decided: [],
  },
  {
    when: 'touches of a visitor whom the touch before tied, in one batch',
    before: [order('o-1', 'c', day(20), { visitor: 'v' })],
    late: [
      visit('v', day(12), { clickId: uuid('t') }),
      click('tracker', 'bob-link', day(9)),
      click('tracker', 'ann-link', day(10), { touch: 't' }),
      click('tracker', 'cas-link', day(11)),
    ],
    decided: ['o-1'],
  },
  {
    when: 'who its customer is',
    before: [clicked, order('o-1', 'c', day(20))],
    late: [identified('v', 'c', day(15))],
    decided: ['o-1'],
  },
  {
    when: 'who its customer is, but after the order',
    before: [clicked, order('o-1', 'c', day(20))],
    late: [identified('v', 'c', day(25))],
    decided: [],
  },
  {
    when: 'an identification that takes the place of another with its id',
    before: [clicked, identified('v', 'c', day(15), 'i'), order('o-1', 'c', day(20))],
    late: [identified('v', 'd', day(14), 'i')],
    decided: ['o-1'],
  },
  {
    when: 'a link that its touch names',
    before: [click('v', 'new-link', day(10)), byVisitor],
    late: [link('new-link', 'bob', day(5))],
    decided: ['o-1'],
  },
  {
    when: 'a link made only after the order',
    before: [click('v', 'new-link', day(10)), byVisitor],
    late: [link('new-link', 'bob', day(50))],
    decided: ['o-1'],
  },
  {
    when: 'a link with the UTM values of its visit',
    before: [visit('v', day(10), { utm }), byVisitor],
    late: [link('new-link', 'bob', day(5), { utm })],
    decided: ['o-1'],
  },
  {
    when: 'a link with other UTM values that takes the place of one with those of its visit',
    before: [link('new-link', 'bob', day(5), { utm }), visit('v', day(10), { utm }), byVisitor],
    late: [link('new-link', 'bob', day(4), { utm: summer })],
    decided: ['o-1'],
  },
  {
    when: 'the disabling of its link',
    before: [clicked, byVisitor],
    late: [event('LinkDisabled', day(9), { code: 'ann-link' })],
    decided: ['o-1'],
  },
  {
    when: 'the disabling of its link after the order',
    before: [clicked, byVisitor],
    late: [event('LinkDisabled', day(21), { code: 'ann-link' })],
    decided: [],
  },
  {
    when: 'a coupon that stands on it',
    before: [order('o-1', 'c', day(20), { codes: ['NEW10'] })],
    late: [coupon('NEW10', 'ann', day(15))],
    decided: ['o-1'],
  },
  {
    when: 'a coupon that its visitor entered',
    before: [entered('v', 'NEW10', day(18)), byVisitor],
    late: [coupon('NEW10', 'ann', day(15))],
    decided: ['o-1'],
  },
  {
    when: 'the withdrawal of its coupon',
    before: [order('o-1', 'c', day(20), { codes: ['ANN10'] })],
    late: [event('CouponWithdrawn', day(20), { code: 'ANN10' })],
    decided: ['o-1'],
  },
  {
    when: 'the suspension of its partner',
    before: [clicked, byVisitor],
    late: [event('PartnerSuspended', day(20), { partnerId: 'ann', reason: 'fraud' })],
    decided: ['o-1'],
  },
  {
    when: 'the suspension of its partner after the order',
    before: [clicked, byVisitor],
    late: [event('PartnerSuspended', day(20, 1), { partnerId: 'ann', reason: 'fraud' })],
    decided: [],
  },
  {
    when: 'the first profile of its partner, though later than the order',
    before: [
      approved('dee', day(3)),
      link('dee', 'dee', day(3)),
      click('v', 'dee', day(10)),
      byVisitor,
    ],
    late: [applied('dee', day(40), [customer('c')])],
    decided: ['o-1'],
  },
  {
    when: 'a profile of its partner that says nothing of its customer',
    before: [clicked, byVisitor],
    late: [profileChanged('ann', day(10), [customer('nobody')])],
    decided: [],
  },
  {
    when: 'a profile of its partner that no longer names its customer',
    before: [profileChanged('ann', day(9), [customer('c')]), clicked, byVisitor],
    late: [profileChanged('ann', day(10))],
    decided: ['o-1'],
  },
  {
    when: 'the suspension of its partner after a payout that names it',
    before: [clicked, byVisitor, lockedBy(1)],
    late: [event('PartnerSuspended', day(31), { partnerId: 'ann', reason: 'fraud' })],
    decided: [],
  },
  {
    when: 'the programme of its link',
    before: [
      link('far', 'ann', day(3), { programmeId: 'far' }),
      click('v', 'far', day(10)),
      byVisitor,
    ],
    late: [programme('far', day(1)), terms('far', 1, day(1))],
    decided: ['o-1'],
  },
  {
    when: 'terms in force at the order',
    before: [clicked, byVisitor],
    late: [terms('affiliate', 2, day(20), { windowDays: 5 }, day(60))],
    decided: ['o-1', 'o-x'],
  },
  {
    when: 'terms in force only after the order',
    before: [clicked, byVisitor],
    late: [terms('affiliate', 2, day(21), { windowDays: 5 })],
    decided: [],
  },
  {
    when: 'terms of a later date that take the place of those in force, by their version',
    before: [terms('affiliate', 2, day(15), { windowDays: 5 }, day(14)), clicked, byVisitor],
    late: [terms('affiliate', 2, day(70), {}, day(13))],
    decided: ['o-1', 'o-x'],
  },
  {
    when: 'the terms that its payout names, though they begin later',
    before: [clicked, byVisitor, lockedBy(2)],
    late: [terms('affiliate', 2, day(90), { windowDays: 5 })],
    decided: ['o-1'],
  },
  {
    when: 'terms that its payout doesn’t name, in force only after the order',
    before: [clicked, byVisitor, lockedBy(1)],
    late: [terms('affiliate', 2, day(90), { windowDays: 5 })],
    decided: [],
  },
  {
    when: 'an earlier order of its customer',
    before: [clicked, byVisitor],
    late: [order('o-0', 'c', day(19))],
    decided: ['o-0', 'o-1'],
  },
  {
    when: 'the cancellation of an earlier order of its customer',
    before: [order('o-0', 'c', day(19)), clicked, byVisitor],
    late: [cancelled('o-0', day(40))],
    decided: ['o-0', 'o-1'],
  },
  {
    when: 'a placing that counts instead and is of another customer',
    before: [order('o-2', 'd', day(22)), clicked, byVisitor],
    late: [order('o-1', 'd', day(18), { visitor: 'v' })],
    decided: ['o-1', 'o-2'],
  },
  {
    when: 'its refund',
    before: [clicked, byVisitor],
    late: [refund('o-1', 'r', day(22), 100)],
    decided: ['o-1'],
  },
  {
    when: 'a verdict on it',
    before: [clicked, byVisitor, order('o-2', 'c', day(22))],
    late: [
      event('CommissionRejected', day(22), {
        orderId: 'o-1',
        partnerId: 'ann',
        reason: 'fraud',
        by: 'key',
      }),
    ],
    decided: ['o-1'],
  },
  {
    when: 'a payout that names an order of its customer',
    before: [clicked, byVisitor, order('o-2', 'c', day(22), { visitor: 'v' })],
    late: [lockedBy(1)],
    decided: ['o-1', 'o-2'],
  },
  {
    when: 'the cancellation of a payout that names an order of its customer',
    before: [clicked, byVisitor, order('o-2', 'c', day(22), { visitor: 'v' }), lockedBy(1)],
    late: [
      event('PayoutCancelled', day(31), { payoutId: 'p-1', partnerId: 'ann', reason: 'mistake' }),
    ],
    decided: ['o-1', 'o-2'],
  },
  {
    when: 'a payout that failed',
    before: [clicked, byVisitor, lockedBy(1)],
    late: [event('PayoutFailed', day(31), { payoutId: 'p-1', partnerId: 'ann', reason: 'bank' })],
    decided: ['o-1'],
  },
  {
    when: 'a payout that stands in a payment file',
    before: [clicked, byVisitor, lockedBy(1)],
    late: [event('PayoutExported', day(31), { payoutId: 'p-1', partnerId: 'ann', attempt: 1 })],
    decided: [],
  },
  {
    when: 'a write-off that names it',
    before: [clicked, byVisitor, order('o-2', 'c', day(22), { visitor: 'v' })],
    late: [writtenOff('w-1', 'ann', day(31), [{ orderId: 'o-1', amountCents: 100 }])],
    decided: ['o-1'],
  },
  {
    when: 'a write-off that names another order under an id that named it',
    before: [
      clicked,
      byVisitor,
      order('o-2', 'd', day(22)),
      writtenOff('w-1', 'ann', day(31), [{ orderId: 'o-1', amountCents: 100 }]),
    ],
    late: [writtenOff('w-1', 'ann', day(30), [{ orderId: 'o-2', amountCents: 100 }])],
    decided: ['o-1', 'o-2'],
  },
  {
    when: 'the payout details, agreement and review of its partner',
    before: [clicked, byVisitor],
    late: [
      payoutDetails('ann', day(10), 'nl_business'),
      event('SelfBillingAgreed', day(10), {
        partnerId: 'ann',
        agreement: '2026-1',
        recordedFor: 'partner',
      }),
      event('SelfBillingEnded', day(11), { partnerId: 'ann', reason: 'theirs' }),
      event('PartnerReviewOpened', day(10), { partnerId: 'ann', reason: 'odd' }),
      event('PartnerReviewClosed', day(11), { partnerId: 'ann' }),
    ],
    decided: [],
  },
];

onEachDatabase((models) => {
  test.each(CASES)(
    '$when: decides $decided anew, and no other',
    async ({ before, late, decided }) => {
      const known = [
        ...smallProgramme(),
        click('x', 'cas-link', day(10)),
        order('o-x', 'x', day(20), { visitor: 'x' }),
        ...before,
      ];
      const log = recorded([...known, ...late]);
      const model = await models.afterLog(log.slice(0, known.length));
      await model.database.transaction(({ db }) =>
        db.updateTable('decisions').set({ decision: '"as it was"' }).execute(),
      );
      await applyInBatches(model, log.slice(known.length), [100]);

      const facts = gatherFacts(log.map(readFact));
      const anew: string[] = [];
      for (const orderId of ['o-0', 'o-1', 'o-2', 'o-x']) {
        const decision = await model.readModel.decision(orderId);
        if (decision === null || typeof decision === 'string') continue;
        anew.push(orderId);
        expect(decision).toEqual(decide(orderId, facts));
      }
      expect(anew).toEqual(decided);
    },
  );
});

import { expect, test } from 'vitest';
import { statementText } from './statement-text.ts';

const line = {
  causeType: 'OrderPlaced',
  orderId: 'web-1',
  payoutId: null,
  writeOffId: null,
  account: 'partner_pending',
  amountCents: 100,
};
const ofPayout = { orderId: null, payoutId: 'p1', account: 'partner_payable' };

test.each([
  [{}, 'Order web-1: placed, commission in hold'],
  [{ amountCents: -100 }, 'Order web-1: hold ended, no longer in hold'],
  [{ account: 'partner_payable' }, 'Order web-1: hold ended, commission payable'],
  [
    { causeType: 'OrderRefunded', account: 'partner_payable', amountCents: -50 },
    'Order web-1: refunded, commission lowered',
  ],
  [
    { causeType: 'OrderCancelled', account: 'clawback_receivable', amountCents: -50 },
    'Order web-1: cancelled, to be taken back',
  ],
  [
    { ...ofPayout, causeType: 'PayoutScheduled', amountCents: -100 },
    'Payout p1: payout scheduled, no longer owed',
  ],
  [
    { ...ofPayout, causeType: 'PayoutFailed', amountCents: 100 },
    'Payout p1: payout failed, to be paid again',
  ],
  [
    {
      causeType: 'BalanceWrittenOff',
      orderId: null,
      writeOffId: 'w1',
      account: 'clawback_receivable',
    },
    'Write-off w1: written off, no longer to be taken back',
  ],
  [{ causeType: 'SomethingNew', amountCents: -1 }, 'Order web-1: decided anew, no longer in hold'],
])('%j', (change, text) => {
  expect(statementText({ ...line, ...change })).toBe(text);
});

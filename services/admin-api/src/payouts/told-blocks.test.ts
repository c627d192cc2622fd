import type { PayoutBlock } from '@provisie/domain';
import { expect, test } from 'vitest';
import { toldToPartner } from './told-blocks.ts';

const at = Date.parse('2026-03-13T12:00:00.000Z');

test.each<[PayoutBlock, RegExp, string | null]>([
  [{ reason: 'not_approved' }, /not approved yet/, null],
  [{ reason: 'suspended', since: at, told: 'Spam' }, /suspended.*reinstated/, null],
  [{ reason: 'under_review', since: at, told: 'Fraud?' }, /being reviewed/, null],
  [{ reason: 'no_payout_details' }, /\/v1\/me\/payout-details/, null],
  [{ reason: 'details_cooling', until: at }, /changed lately/, '2026-03-13T12:00:00.000Z'],
  [{ reason: 'no_self_billing_agreement' }, /\/v1\/me\/self-billing/, null],
  [{ reason: 'too_few_customers', customers: 2, minimum: 3 }, /with 3 customers.*brought 2/, null],
  [{ reason: 'not_scheduled', next: at }, /since the last payday/, '2026-03-13T12:00:00.000Z'],
  [{ reason: 'no_terms' }, /no link or coupon/, null],
  [{ reason: 'too_many_orders', orders: 40_000, maximum: 30_000 }, /40000 orders.*several/, null],
  [{ reason: 'vat_not_in_euros', currency: 'USD' }, /Dutch VAT in USD.*stays yours/, null],
])('%j', (block, text, until) => {
  const told = toldToPartner(block);
  expect([told.reason, told.until]).toEqual([block.reason, until]);
  expect(told.text).toMatch(text);
  expect(told.text).not.toMatch(/Spam|Fraud/);
});

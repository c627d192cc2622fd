import type { PayoutBlock } from '@provisie/domain';
import { iso, isoOrNull } from '../instants.ts';

/** Why nothing is paid, as the partner reads it: what it means, and what to do or until when to wait. */
export interface ToldBlock {
  readonly reason: PayoutBlock['reason'];
  readonly text: string;
  readonly until: string | null;
}

/** Says that a review is open, never why. */
export function toldBlock(block: PayoutBlock): ToldBlock {
  const told = (text: string, until: string | null = null) => ({
    reason: block.reason,
    text,
    until,
  });
  switch (block.reason) {
    case 'not_approved':
      return told('Your application was not approved yet; nothing is paid before.');
    case 'suspended':
      return told(
        'You are suspended. What you earned stays yours and is paid once you are reinstated.',
      );
    case 'under_review':
      return told(
        'Your account is being reviewed. What you earn goes on counting; payouts wait until the review is closed.',
      );
    case 'no_payout_details':
      return told(
        'We don’t know where your money goes. Give your payout details at /v1/me/payout-details.',
      );
    case 'details_cooling':
      return told(
        'Your payout details changed lately. In case it wasn’t you, nothing is paid until this moment has passed.',
        iso(block.until),
      );
    case 'no_self_billing_agreement':
      return told(
        'We pay businesses with an invoice that we issue in your name, and you did not agree to that yet. Read and accept the agreement at /v1/me/self-billing.',
      );
    case 'too_few_customers':
      return told(
        `Payouts begin with ${String(block.minimum)} customers; you have brought ${String(block.customers)}.`,
      );
    case 'not_scheduled':
      return told('You were paid already since the last payday.', isoOrNull(block.next));
    case 'no_terms':
      return told(
        'You have no link or coupon in a programme with this currency, so there are no terms to pay under.',
      );
    case 'too_many_orders':
      return told(
        `You have ${String(block.orders)} orders to be paid, more than stand in one payout. We pay you in several.`,
      );
  }
}

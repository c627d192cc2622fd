import type { PayoutBlock } from '@provisie/domain';
import { iso, isoOrNull } from '../instants.ts';

/** Why nothing is paid. */
export interface ToldBlock {
  readonly reason: PayoutBlock['reason'];
  readonly text: string;
  readonly until: string | null;
}

/** As the partner reads it: what it means, and what to do. It says that a review is open, never why. */
export function toldToPartner(block: PayoutBlock): ToldBlock {
  const told = telling(block);
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
    case 'vat_not_in_euros':
      return told(
        `We can’t make out an invoice with Dutch VAT in ${block.currency}. It stays yours; ask us how you are paid.`,
      );
  }
}

/** As finance reads it, with the reasons that a partner isn't told. */
export function toldToFinance(block: PayoutBlock): ToldBlock {
  const told = telling(block);
  switch (block.reason) {
    case 'not_approved':
      return told('The partner isn’t approved.');
    case 'suspended':
      return told(`Suspended since ${iso(block.since)}: ${block.told}`);
    case 'under_review':
      return told(`Under review since ${iso(block.since)}: ${block.told}`);
    case 'no_payout_details':
      return told('The partner has given no payout details.');
    case 'details_cooling':
      return told('The payout details changed lately.', iso(block.until));
    case 'no_self_billing_agreement':
      return told('The partner has not agreed to self-billing.');
    case 'too_few_customers':
      return told(`${String(block.customers)} of at least ${String(block.minimum)} customers.`);
    case 'not_scheduled':
      return told('Paid already since the last payday.', isoOrNull(block.next));
    case 'no_terms':
      return told('No link or coupon in a programme of this currency.');
    case 'too_many_orders':
      return told(
        `${String(block.orders)} orders; one payout has ${String(block.maximum)} at most. Pay with an earlier cut-off first.`,
      );
    case 'vat_not_in_euros':
      return told(
        `An invoice with Dutch VAT in ${block.currency} must say the VAT in euros (Directive 2006/112 Art. 230), at a rate that isn’t known here. Have the partner send an invoice, pay it, and write the orders off.`,
      );
  }
}

function telling({ reason }: PayoutBlock) {
  return (text: string, until: string | null = null): ToldBlock => ({ reason, text, until });
}

/** Why a partner isn't paid, whatever the balance; in the order in which they are told. */
export const PAYOUT_BLOCK_REASONS = [
  'not_approved',
  'suspended',
  'under_review',
  'no_payout_details',
  'details_cooling',
  'no_self_billing_agreement',
  'no_terms',
  'too_few_customers',
  'not_scheduled',
  'too_many_orders',
  'vat_not_in_euros',
] as const;

import type { Instant } from './instant.ts';

/** The names of the streams; the part before the first `-` is the stream's category. */
export const streams = {
  touches: (node: string, at: Instant) =>
    `touches-${node}-${new Date(at).toISOString().slice(0, 10)}`,
  order: (orderId: string) => `order-${orderId}`,
  programme: (programmeId: string) => `programme-${programmeId}`,
  partner: (partnerId: string) => `partner-${partnerId}`,
  link: (code: string) => `link-${code}`,
  coupon: (code: string) => `coupon-${code}`,
  commission: (orderId: string) => `commission-${orderId}`,
  payouts: (partnerId: string) => `payouts-${partnerId}`,
  /** Opens and closes the runs, one at a time. */
  payoutRuns: 'payout-runs',
  payoutRun: (runId: string) => `payoutrun-${runId}`,
  merchant: 'merchant',
  accessKey: (keyId: string) => `accesskey-${keyId}`,
  shop: (shopId: string) => `shop-${shopId}`,
} as const;

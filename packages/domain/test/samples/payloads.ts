import type { EventType } from '../../src/index.ts';

interface Sample {
  readonly type: EventType;
  readonly version: number;
  readonly data: unknown;
}

const touchId = '01939a10-7c1e-4c3a-8f5e-0a1b2c3d4e5f';
const clickId = '01939a10-7c1e-4c3a-8f5e-0a1b2c3d4e60';
const visitorId = '01JD3ZK8Q6M0T5WX2Y9RAB7CDE';
const customer = 'q2Zp0mV5cX8nL1rT4yB7uK9oH3eJ6wA0sD2fG5hC8iM';
const sealed = { keyId: 'vault-1', iv: 'AAECAwQFBgcICQoL', ciphertext: 'c2VhbGVk' };
const source = { shopId: 'webshop', externalId: '1042', modifiedAt: 1780000000000 };
const lines = [
  { lineId: '1', amountCents: 123450, description: 'Constructieberekening', quantity: 1 },
];
const circumstances = {
  visitorId,
  bot: false,
  consent: 'granted',
  country: 'NL',
  device: 'mobile',
  browser: 'Safari',
  ipHash: 'o7Jc',
  referrerHost: 'www.woonblog.nl',
};
const utm = {
  source: 'woonblog',
  medium: 'post',
  campaign: 'lente',
  term: 'aanbouw',
  content: 'a',
};

/** As they stand in the log, for good: one of every event type at every version that was ever written. */
export const SAMPLES: readonly Sample[] = [
  {
    type: 'ClickRecorded',
    version: 1,
    data: {
      touchId,
      linkCode: 'woonblog-aanbouw',
      utm,
      sub: { sub1: 'header', sub2: 'b', sub3: 'c', sub4: 'd', sub5: 'e' },
      ...circumstances,
    },
  },
  {
    type: 'VisitRecorded',
    version: 1,
    data: { touchId, ref: 'woonblog-aanbouw', clickId, utm, path: '/aanbouw', ...circumstances },
  },
  {
    type: 'CouponEntered',
    version: 1,
    data: { touchId, couponCode: 'WOONBLOG10', ...circumstances },
  },
  {
    type: 'VisitorIdentified',
    version: 1,
    data: { touchId, visitorId, customer, consent: 'granted' },
  },
  {
    type: 'OrderPlaced',
    version: 1,
    data: {
      orderId: 'webshop-1042',
      customer,
      currency: 'EUR',
      lines,
      couponCodes: ['WOONBLOG10'],
      visitorId,
      clickId,
      source,
    },
  },
  {
    type: 'OrderAmended',
    version: 1,
    data: { orderId: 'webshop-1042', amendmentId: 'amendment-1', lines, source },
  },
  { type: 'OrderCompleted', version: 1, data: { orderId: 'webshop-1042', source } },
  {
    type: 'OrderRefunded',
    version: 1,
    data: { orderId: 'webshop-1042', refundId: 'refund-1', amountCents: 5000, source },
  },
  {
    type: 'OrderCancelled',
    version: 1,
    data: { orderId: 'webshop-1042', reason: 'permit refused', source },
  },
  {
    type: 'ProgrammeOpened',
    version: 1,
    data: {
      programmeId: 'affiliate',
      name: 'Affiliate',
      hosts: ['www.example.nl', '*.example.nl', 'localhost:8080'],
    },
  },
  {
    type: 'TermsPublished',
    version: 1,
    data: {
      programmeId: 'affiliate',
      termsVersion: 1,
      effectiveFrom: 1780000000000,
      terms: {
        currency: 'EUR',
        reward: {
          kind: 'percentage',
          rateBps: 1000,
          scope: { orders: 'first_n_orders', count: 3 },
        },
        windowDays: 90,
        precedence: 'coupon',
        commissionBase: 'net_lines',
        holdDays: 14,
        holdFrom: 'placed',
        payoutThresholdCents: 5000,
        consent: { default: 'exempt', countries: { FR: 'required' } },
      },
    },
  },
  { type: 'ProgrammeClosed', version: 1, data: { programmeId: 'affiliate' } },
  {
    type: 'PartnerApplied',
    version: 1,
    data: { partnerId: 'woonblog', profile: sealed, customerKeys: [customer] },
  },
  { type: 'PartnerApproved', version: 1, data: { partnerId: 'woonblog' } },
  { type: 'PartnerSuspended', version: 1, data: { partnerId: 'woonblog', reason: 'spam' } },
  { type: 'PartnerReinstated', version: 1, data: { partnerId: 'woonblog', reason: 'settled' } },
  {
    type: 'PartnerProfileChanged',
    version: 1,
    data: { partnerId: 'woonblog', profile: sealed, customerKeys: [] },
  },
  {
    type: 'LinkCreated',
    version: 1,
    data: {
      code: 'woonblog-aanbouw',
      programmeId: 'affiliate',
      partnerId: 'woonblog',
      destination: 'https://www.example.nl/aanbouw',
      utm,
      label: 'Artikel over aanbouwen',
    },
  },
  {
    type: 'LinkRetargeted',
    version: 1,
    data: { code: 'woonblog-aanbouw', destination: 'https://www.example.nl/uitbouw' },
  },
  { type: 'LinkDisabled', version: 1, data: { code: 'woonblog-aanbouw', reason: 'page is gone' } },
  {
    type: 'CouponIssued',
    version: 1,
    data: {
      code: 'WOONBLOG10',
      programmeId: 'affiliate',
      partnerId: 'woonblog',
      validFrom: 1780000000000,
      validUntil: 1790000000000,
    },
  },
  { type: 'CouponWithdrawn', version: 1, data: { code: 'WOONBLOG10', reason: 'leaked' } },
  {
    type: 'CommissionRejected',
    version: 1,
    data: { orderId: 'webshop-1042', partnerId: 'woonblog', reason: 'self-made', by: 'key-1' },
  },
  {
    type: 'CommissionReinstated',
    version: 1,
    data: { orderId: 'webshop-1042', partnerId: 'woonblog', reason: 'a mistake', by: 'key-1' },
  },
  {
    type: 'PayoutScheduled',
    version: 1,
    data: {
      payoutId: 'payout-1',
      partnerId: 'woonblog',
      currency: 'EUR',
      amountCents: 12345,
      lines: [
        {
          orderId: 'webshop-1042',
          programmeId: 'affiliate',
          termsVersion: 1,
          touchId: 'coupon:WOONBLOG10',
          amountCents: 12345,
        },
      ],
    },
  },
  { type: 'PayoutExported', version: 1, data: { payoutId: 'payout-1', partnerId: 'woonblog' } },
  { type: 'PayoutPaid', version: 1, data: { payoutId: 'payout-1', partnerId: 'woonblog' } },
  {
    type: 'PayoutFailed',
    version: 1,
    data: { payoutId: 'payout-1', partnerId: 'woonblog', reason: 'account closed' },
  },
  {
    type: 'PayoutCancelled',
    version: 1,
    data: { payoutId: 'payout-1', partnerId: 'woonblog', reason: 'wrong month' },
  },
  {
    type: 'BalanceWrittenOff',
    version: 1,
    data: {
      writeOffId: 'write-off-1',
      partnerId: 'woonblog',
      currency: 'EUR',
      amountCents: -345,
      orderIds: ['webshop-1042'],
      reason: 'left the programme',
    },
  },
  {
    type: 'AccessKeyIssued',
    version: 1,
    data: {
      keyId: 'key-1',
      secretHash: '0'.repeat(64),
      hint: 'pv_live_4fQ',
      label: 'Finance',
      scopes: ['finance', 'partner'],
      partnerId: 'woonblog',
    },
  },
  { type: 'AccessKeyRevoked', version: 1, data: { keyId: 'key-1' } },
  {
    type: 'ShopConnected',
    version: 1,
    data: { shopId: 'webshop', platform: 'woocommerce', name: 'Webshop', secret: sealed },
  },
  { type: 'ShopDisconnected', version: 1, data: { shopId: 'webshop' } },
];

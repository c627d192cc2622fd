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
  {
    type: 'TermsPublished',
    version: 2,
    data: {
      programmeId: 'affiliate',
      termsVersion: 2,
      effectiveFrom: 1780000000000,
      terms: {
        currency: 'EUR',
        reward: { kind: 'fixed', amountCents: 5000, scope: { orders: 'every_order' } },
        windowDays: 90,
        precedence: 'link',
        commissionBase: 'net_lines',
        holdDays: 14,
        holdFrom: 'completed',
        payoutThresholdCents: 5000,
        payoutSchedule: { kind: 'monthly', dayOfMonth: 15, timeZone: 'Europe/Amsterdam' },
        minimumCustomers: 3,
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
    type: 'PayoutDetailsChanged',
    version: 1,
    data: {
      partnerId: 'woonblog',
      details: sealed,
      accountKey: customer,
      taxProfile: 'nl_business',
    },
  },
  { type: 'PayoutDetailsRemoved', version: 1, data: { partnerId: 'woonblog' } },
  {
    type: 'SelfBillingAgreed',
    version: 1,
    data: { partnerId: 'woonblog', agreement: 'self-billing-1', recordedFor: 'partner' },
  },
  {
    type: 'SelfBillingEnded',
    version: 1,
    data: { partnerId: 'woonblog', reason: 'sends its own invoices' },
  },
  {
    type: 'PartnerReviewOpened',
    version: 1,
    data: { partnerId: 'woonblog', reason: 'many orders from one address' },
  },
  {
    type: 'PartnerReviewClosed',
    version: 1,
    data: { partnerId: 'woonblog', reason: 'a trade fair' },
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
      runId: 'run-1',
      partnerId: 'woonblog',
      currency: 'EUR',
      amountCents: 12345,
      vat: [
        {
          kind: 'invoiced',
          treatment: 'standard',
          rateBps: 2100,
          netCents: 12345,
          vatCents: 2592,
        },
      ],
      totalCents: 14937,
      taxProfile: 'nl_business',
      payoutDetailsId: touchId,
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
  {
    type: 'PayoutExported',
    version: 1,
    data: { payoutId: 'payout-1', partnerId: 'woonblog', attempt: 1 },
  },
  {
    type: 'PayoutPaid',
    version: 1,
    data: { payoutId: 'payout-1', partnerId: 'woonblog', reference: 'B6L31' },
  },
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
      lines: [{ orderId: 'webshop-1042', amountCents: -345 }],
      reason: 'left the programme',
      by: 'key-1',
    },
  },
  {
    type: 'DocumentIssued',
    version: 1,
    data: {
      documentId: '0'.repeat(32),
      number: 'woonblog-0001',
      kind: 'self_billing_invoice',
      about: 'commissions',
      partnerId: 'woonblog',
      payoutId: 'payout-1',
      currency: 'EUR',
      language: 'nl',
      issueDate: '2026-06-02',
      periodEnd: '2026-05-31',
      corrects: [{ number: 'woonblog-0000', issueDate: '2026-05-02' }],
      lines: [
        {
          programmeId: 'affiliate',
          programmeName: 'Affiliate',
          orders: 1,
          netCents: 12345,
          treatment: 'standard',
          rateBps: 2100,
        },
      ],
      vat: [{ treatment: 'standard', rateBps: 2100, netCents: 12345, vatCents: 2592 }],
      netCents: 12345,
      vatCents: 2592,
      totalCents: 14937,
      parties: sealed,
    },
  },
  {
    type: 'PayoutRunOpened',
    version: 1,
    data: {
      runId: 'run-1',
      currency: 'EUR',
      cutOff: 1780000000000,
      partnerIds: ['woonblog'],
      parts: 1,
      payouts: 1,
      netCents: 12345,
      vatCents: 2592,
      totalCents: 14937,
      fingerprint: '0'.repeat(64),
      approvedBy: 'key-1',
      approvalsRequired: 2,
    },
  },
  { type: 'PayoutRunApproved', version: 1, data: { runId: 'run-1', approvedBy: 'key-2' } },
  {
    type: 'PayoutRunClosed',
    version: 1,
    data: {
      runId: 'run-1',
      outcome: 'abandoned',
      payouts: 0,
      netCents: 0,
      vatCents: 0,
      totalCents: 0,
      skipped: 1,
      reason: 'wrong cut-off',
    },
  },
  {
    type: 'PayoutSkipped',
    version: 1,
    data: {
      payoutId: 'payout-2',
      runId: 'run-1',
      partnerId: 'woonblog',
      currency: 'EUR',
      amountCents: 12345,
      totalCents: 14937,
      reason: 'suspended',
    },
  },
  {
    type: 'PayoutRunPlanned',
    version: 1,
    data: {
      runId: 'run-1',
      part: 1,
      payouts: [
        {
          payoutId: 'payout-1',
          partnerId: 'woonblog',
          netCents: 12345,
          totalCents: 14937,
          lines: '0'.repeat(64),
        },
      ],
    },
  },
  {
    type: 'PayoutRunExported',
    version: 1,
    data: {
      runId: 'run-1',
      attempt: 1,
      executionDate: '2026-06-03',
      payouts: 1,
      totalCents: 14937,
    },
  },
  {
    type: 'MerchantDetailsChanged',
    version: 1,
    data: {
      legalName: 'Constructiebureau Van der Veen B.V.',
      street: 'Keizersgracht 1',
      postalCode: '1015 CN',
      city: 'Amsterdam',
      country: 'NL',
      vatId: 'NL000099998B57',
      registrationNumber: '12345678',
      email: 'administratie@example.nl',
      iban: 'NL91ABNA0417164300',
      bic: 'ABNANL2A',
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
  { type: 'RequestChangedNothing', version: 1, data: {} },
];

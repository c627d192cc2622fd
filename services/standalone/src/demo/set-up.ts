import { z } from 'zod';
import type { Setup } from '../sample/setup.ts';
import type { ApiClient } from './api-client.ts';

/** Sets the office up through the API, with the dates at which everything began and ended; resolves to the shop's secret. */
export async function setUpOffice(api: ApiClient, setup: Setup): Promise<string> {
  await api.put('/v1/merchant', setup.merchant);
  for (const { programmeId, name, hosts, openedAt, terms } of setup.programmes) {
    await api.post('/v1/programmes', { programmeId, name, hosts, openedAt, terms });
  }
  for (const { partnerId, name, email, website, appliedAt, approvedAt } of setup.partners) {
    await api.post('/v1/partners', { partnerId, profile: { name, email, website }, appliedAt });
    await api.post(`/v1/partners/${partnerId}/approve`, { approvedAt });
  }
  for (const { disabledAt, ...link } of setup.links) {
    await api.post('/v1/links', link);
    if (disabledAt !== undefined) await api.post(`/v1/links/${link.code}/disable`, { disabledAt });
  }
  for (const { withdrawnAt, ...coupon } of setup.coupons) {
    await api.post('/v1/coupons', coupon);
    if (withdrawnAt === undefined) continue;
    await api.post(`/v1/coupons/${coupon.code}/withdraw`, { withdrawnAt });
  }
  // Last, as a suspended partner is given no links.
  for (const { partnerId, suspensions } of setup.partners) {
    for (const { from, reason, until } of suspensions) {
      await api.post(`/v1/partners/${partnerId}/suspend`, { reason, suspendedAt: from });
      if (until === undefined) continue;
      const reinstatement = { reason: 'The reason is gone', reinstatedAt: until };
      await api.post(`/v1/partners/${partnerId}/reinstate`, reinstatement);
    }
  }
  await givePayees(api, setup);
  const { shopId, name } = setup.shop;
  const { secret } = await api.postFor(
    '/v1/shops',
    { shopId, name },
    z.object({ secret: z.string() }),
  );
  return secret;
}

/** Where the partners' money goes, and that the office may issue the invoices of those who have a business. */
async function givePayees(api: ApiClient, { partners }: Setup): Promise<void> {
  for (const { partnerId, payee, payableSince } of partners) {
    if (payee === undefined) continue;
    const partner = `/v1/partners/${partnerId}`;
    await api.put(`${partner}/payout-details`, { ...payee, changedAt: payableSince });
    if (payee.taxProfile === 'private_person') continue;
    await api.post(`${partner}/self-billing`, { agreedAt: payableSince });
  }
}

import type { Client } from '@provisie/client';
import type { Setup } from '../sample/setup.ts';

/** Sets the office up through the API, with the dates at which everything began and ended; resolves to the shop's secret. */
export async function setUpOffice(api: Client, setup: Setup): Promise<string> {
  await api.put('/v1/merchant', { body: setup.merchant });
  for (const programme of setup.programmes) await api.post('/v1/programmes', { body: programme });
  for (const { partnerId, name, email, website, appliedAt, approvedAt } of setup.partners) {
    const profile = { name, email, website };
    await api.post('/v1/partners', { body: { partnerId, profile, appliedAt } });
    const path = { partnerId };
    await api.post('/v1/partners/{partnerId}/approve', { path, body: { approvedAt } });
  }
  for (const { disabledAt, ...link } of setup.links) {
    await api.post('/v1/links', { body: link });
    const path = { code: link.code };
    if (disabledAt === undefined) continue;
    await api.post('/v1/links/{code}/disable', { path, body: { disabledAt } });
  }
  for (const { withdrawnAt, ...coupon } of setup.coupons) {
    await api.post('/v1/coupons', { body: coupon });
    const path = { code: coupon.code };
    if (withdrawnAt === undefined) continue;
    await api.post('/v1/coupons/{code}/withdraw', { path, body: { withdrawnAt } });
  }
  // Last, as a suspended partner is given no links.
  await suspend(api, setup);
  await givePayees(api, setup);
  return connectShop(api, setup);
}

async function suspend(api: Client, { partners }: Setup): Promise<void> {
  for (const { partnerId, suspensions } of partners) {
    const path = { partnerId };
    for (const { from, reason, until } of suspensions) {
      const suspension = { reason, suspendedAt: from };
      await api.post('/v1/partners/{partnerId}/suspend', { path, body: suspension });
      if (until === undefined) continue;
      const reinstatement = { reason: 'The reason is gone', reinstatedAt: until };
      await api.post('/v1/partners/{partnerId}/reinstate', { path, body: reinstatement });
    }
  }
}

/** Where the partners' money goes, and that the office may issue the invoices of those who have a business. */
async function givePayees(api: Client, { partners }: Setup): Promise<void> {
  for (const { partnerId, payee, payableSince } of partners) {
    if (payee === undefined) continue;
    const path = { partnerId };
    const details = { ...payee, changedAt: payableSince };
    await api.put('/v1/partners/{partnerId}/payout-details', { path, body: details });
    if (payee.taxProfile === 'private_person') continue;
    const agreement = { agreedAt: payableSince };
    await api.post('/v1/partners/{partnerId}/self-billing', { path, body: agreement });
  }
}

async function connectShop(api: Client, { shop: { shopId, name } }: Setup): Promise<string> {
  // Of our own, so that it is known though the answer be lost on its way.
  const secret = crypto.randomUUID();
  await api.post('/v1/shops', { body: { shopId, name, secret } });
  return secret;
}

import { z } from 'zod';
import type { Setup } from '../sample/setup.ts';
import type { ApiClient } from './api-client.ts';

/** Sets the office up through the API, with the dates at which everything began; resolves to the shop's secret. */
export async function setUpOffice(api: ApiClient, setup: Setup): Promise<string> {
  for (const { programmeId, name, hosts, openedAt, terms } of setup.programmes) {
    await api.post('/v1/programmes', { programmeId, name, hosts, openedAt, terms });
  }
  for (const { partnerId, name, email, website, appliedAt, approvedAt } of setup.partners) {
    await api.post('/v1/partners', { partnerId, profile: { name, email, website }, appliedAt });
    await api.post(`/v1/partners/${partnerId}/approve`, { approvedAt });
  }
  for (const { disabledAt: _, ...link } of setup.links) await api.post('/v1/links', link);
  for (const { withdrawnAt: _, ...coupon } of setup.coupons) await api.post('/v1/coupons', coupon);
  const { shopId, name } = setup.shop;
  const { secret } = await api.postFor(
    '/v1/shops',
    { shopId, name },
    z.object({ secret: z.string() }),
  );
  return secret;
}

import { createRoute, z } from '@hono/zod-openapi';
import { pageAnswer, pageQuery, pageRequest, pageSchema } from '@provisie/http';
import type { Endpoint } from '../api.ts';
import { commissionAnswer, commissionQuery, commissionSchema } from '../commissions/commission.ts';
import { couponAnswer, couponSchema } from '../coupons/coupon.ts';
import { given } from '../given.ts';
import { linkAnswer, linkSchema } from '../links/link.ts';
import { coveredDays, performanceQuery, performanceSchema } from '../reports/performance.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { ownPartnerId, ownTags } from './me.ts';

export const listOwnLinks: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/me/links',
    tags: ownTags,
    summary: 'List my links',
    ...api.reads('partner'),
    request: { query: z.strictObject({ ...pageQuery, ...waitQuery }) },
    responses: { 200: jsonAnswer('A page.', pageSchema(linkSchema)), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const filter = { partnerId: ownPartnerId(c) };
    const page = await api.readModel.links(filter, pageRequest(c.req.valid('query')));
    return c.json(pageAnswer(c, page, linkAnswer(api.trackerBaseUrl)), 200);
  });
};

export const listOwnCoupons: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/me/coupons',
    tags: ownTags,
    summary: 'List my coupons',
    ...api.reads('partner'),
    request: { query: z.strictObject({ ...pageQuery, ...waitQuery }) },
    responses: { 200: jsonAnswer('A page.', pageSchema(couponSchema)), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const filter = { partnerId: ownPartnerId(c) };
    const page = await api.readModel.coupons(filter, pageRequest(c.req.valid('query')));
    return c.json(pageAnswer(c, page, couponAnswer), 200);
  });
};

export const listOwnCommissions: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/me/commissions',
    tags: ownTags,
    summary: 'List my commissions',
    ...api.reads('partner'),
    request: { query: z.strictObject({ ...commissionQuery, ...pageQuery, ...waitQuery }) },
    responses: { 200: jsonAnswer('A page.', pageSchema(commissionSchema)), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const { limit, cursor, waitFor: _, at = api.now(), ...filter } = c.req.valid('query');
    const page = await api.readModel.commissions(
      { ...given(filter), at, partnerId: ownPartnerId(c) },
      pageRequest({ limit, cursor }),
    );
    return c.json(pageAnswer(c, page, commissionAnswer), 200);
  });
};

export const ownPerformance: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/me/performance',
    tags: ownTags,
    summary: 'Read what my links and coupons brought',
    ...api.reads('partner'),
    request: { query: z.strictObject({ ...performanceQuery, ...waitQuery }) },
    responses: { 200: jsonAnswer('The figures.', performanceSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const { programmeId, groupBy = ['link'], ...days } = c.req.valid('query');
    const covered = coveredDays(days, api.now());
    const rows = await api.readModel.performance({
      ...covered,
      groupBy,
      ...given({ programmeId }),
      partnerId: ownPartnerId(c),
    });
    return c.json({ from: covered.fromDay, to: covered.toDay, rows }, 200);
  });
};

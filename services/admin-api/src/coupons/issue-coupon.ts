import { createRoute, z } from '@hono/zod-openapi';
import { newFact, partnerIdSchema, programmeIdSchema, streams } from '@provisie/domain';
import { change, written } from '../api.ts';
import type { Endpoint } from '../api.ts';
import { given } from '../given.ts';
import { instantInput } from '../instants.ts';
import { notInFuture } from '../moments.ts';
import { approvedPartner } from '../partners/partner.ts';
import { problem } from '../problems.ts';
import { openProgrammeFor } from '../programmes/programme.ts';
import { jsonAnswer, jsonBody, writeFailures } from '../route-parts.ts';
import { couponAnswer, knownCoupon, typedCouponCode, writtenCoupon } from './coupon.ts';

const body = z
  .strictObject({
    code: typedCouponCode,
    programmeId: programmeIdSchema,
    partnerId: partnerIdSchema,
    validFrom: instantInput.optional().openapi({ description: 'Default when it is issued.' }),
    validUntil: instantInput.optional().openapi({ description: 'Inclusive. Default: no end.' }),
    issuedAt: instantInput.optional().openapi({
      description: 'Default now; earlier when you move in with history.',
    }),
  })
  .refine(
    ({ validFrom, validUntil }) =>
      validFrom === undefined || validUntil === undefined || validFrom <= validUntil,
    { path: ['validUntil'], error: 'lies before validFrom' },
  )
  .openapi({
    example: { code: 'WOONBLOG10', programmeId: 'affiliate', partnerId: 'woonblog' },
  });

/** Gives a coupon code to a partner. The shop has to know the code too: this names whose it is. */
export const issueCoupon: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/coupons',
    tags: ['Coupons'],
    summary: 'Issue a coupon to a partner',
    ...api.writes('admin'),
    request: { body: jsonBody(body) },
    responses: { 201: jsonAnswer('The coupon.', writtenCoupon), ...writeFailures },
  });
  api.app.openapi(route, async (c) => {
    const { issuedAt, validFrom, validUntil, ...about } = c.req.valid('json');
    const occurredAt = notInFuture(issuedAt, api.now(), '/issuedAt');
    const changed = await change(api, c, {
      stream: streams.coupon(about.code),
      decide: async (facts, newId) => {
        if (facts.length > 0) throw problem('already_exists', `${about.code} was issued already.`);
        await openProgrammeFor(api.store, about.programmeId);
        await approvedPartner(api.store, about.partnerId);
        const data = { ...about, ...given({ validFrom, validUntil }) };
        return [newFact('CouponIssued', { id: newId(), occurredAt, data })];
      },
    });
    const coupon = couponAnswer(knownCoupon(changed.facts));
    return c.json(written(c, changed, { coupon }), 201);
  });
};

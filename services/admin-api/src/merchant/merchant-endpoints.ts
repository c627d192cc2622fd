import { isDeepStrictEqual } from 'node:util';
import { createRoute, z } from '@hono/zod-openapi';
import { newFact, streams } from '@provisie/domain';
import { merchantSchema } from '@provisie/payouts';
import { change, written, writtenPosition } from '../api.ts';
import type { Endpoint } from '../api.ts';
import { momentAfter } from '../moments.ts';
import { jsonAnswer, jsonBodyLike, readFailures, writeFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { knownMerchant, merchantAnswer, merchantAnswerSchema, merchantOf } from './merchant.ts';

const body = jsonBodyLike(merchantSchema, {
  legalName: 'Voorbeeld Bouwshop B.V.',
  street: 'Dorpsstraat 1',
  postalCode: '3511 AB',
  city: 'Utrecht',
  country: 'NL',
  vatId: 'NL853746333B01',
  registrationNumber: '12345678',
  email: 'administratie@bouwshop.example',
  iban: 'NL91 ABNA 0417 1643 00',
  bic: null,
});

export const putMerchant: Endpoint = (api) => {
  const route = createRoute({
    method: 'put',
    path: '/v1/merchant',
    tags: ['Merchant'],
    summary: 'Say who pays',
    description:
      'Stands on invoices and in payment files from now on; what was issued keeps what it says. The same again changes nothing.',
    ...api.writes('admin', 'finance'),
    request: { body },
    responses: {
      200: jsonAnswer(
        'The merchant.',
        z.object({ merchant: merchantAnswerSchema, position: writtenPosition }),
      ),
      ...writeFailures,
    },
  });
  api.app.openapi(route, async (c) => {
    const data = c.req.valid('json');
    const changed = await change(api, c, {
      stream: streams.merchant,
      decide: (facts, newId) => {
        const { changedAt: _, ...known } = merchantOf(facts) ?? { changedAt: null };
        if (isDeepStrictEqual(known, data)) return [];
        const occurredAt = momentAfter(facts, api.now());
        return [newFact('MerchantDetailsChanged', { id: newId(), occurredAt, data })];
      },
    });
    const merchant = merchantAnswer(knownMerchant(merchantOf(changed.facts)));
    return c.json(written(c, changed, { merchant }), 200);
  });
};

export const getMerchant: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/merchant',
    tags: ['Merchant'],
    summary: 'Read who pays',
    ...api.reads('admin', 'finance'),
    request: { query: z.strictObject(waitQuery) },
    responses: { 200: jsonAnswer('The merchant.', merchantAnswerSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) =>
    c.json(merchantAnswer(knownMerchant(await api.readModel.merchant())), 200),
  );
};

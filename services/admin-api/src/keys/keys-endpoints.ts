import { createRoute, z } from '@hono/zod-openapi';
import { partnerIdSchema, scopeSchema } from '@provisie/domain';
import { pageAnswer, pageOfList, pageQuery, pageRequest, pageSchema } from '@provisie/http';
import { written, writtenPosition } from '../api.ts';
import type { Api, Endpoint } from '../api.ts';
import { given } from '../given.ts';
import { inIso, instantAnswer } from '../instants.ts';
import { approvedPartner } from '../partners/partner.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, jsonBody, readFailures, writeFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { issueKey as issue, revokeKey as revoke } from './key-commands.ts';
import type { AccessKey } from './key-ring.ts';

const keySchema = z
  .object({
    keyId: z.string(),
    label: z.string(),
    hint: z.string().openapi({ description: 'The first characters of the secret.' }),
    scopes: z.array(scopeSchema).readonly(),
    partnerId: partnerIdSchema.nullable(),
    issuedAt: instantAnswer,
    revokedAt: instantAnswer.nullable(),
  })
  .openapi('AccessKey');

const keyAnswer = (key: AccessKey) => inIso(key, ['issuedAt', 'revokedAt']);

const body = z
  .strictObject({
    label: z.string().min(1).max(200),
    scopes: z.array(scopeSchema).min(1).max(4).openapi({
      description:
        '`admin`: everything but write-offs. `finance`: reads, verdicts on commissions, payouts and write-offs. `orders`: a shop that reports orders. `partner`: one partner’s own data.',
    }),
    partnerId: partnerIdSchema.optional(),
  })
  .refine(({ scopes, partnerId }) => scopes.includes('partner') === (partnerId !== undefined), {
    path: ['partnerId'],
    error: 'a key with the scope `partner`, and no other, names its partner',
  })
  .openapi({ example: { label: 'Woonblog', scopes: ['partner'], partnerId: 'woonblog' } });

/** Issues an access key; works from the moment of the answer. */
export const issueKey: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/keys',
    tags: ['Access keys'],
    summary: 'Issue an access key',
    description:
      'The secret is in this answer only. A repeat with the same Idempotency-Key gives the same key with `secret: null`: if the answer was lost, revoke the key and issue another.',
    ...api.writesOnce('admin'),
    request: { body: jsonBody(body) },
    responses: {
      201: jsonAnswer(
        'The key.',
        z.object({ key: keySchema, secret: z.string().nullable(), position: writtenPosition }),
      ),
      ...writeFailures,
    },
  });
  api.app.openapi(route, async (c) => {
    const { label, scopes, partnerId } = c.req.valid('json');
    if (partnerId !== undefined) await approvedPartner(api.store, partnerId);
    const caller = { by: c.get('principal').keyId, idempotency: c.get('idempotency') };
    const { key, secret, changed } = await issue(api, caller, {
      label,
      scopes: [...new Set(scopes)],
      ...given({ partnerId }),
    });
    return c.json(written(c, changed, { key: keyAnswer(key), secret }), 201);
  });
};

export const listKeys: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/keys',
    tags: ['Access keys'],
    summary: 'List access keys, oldest first',
    ...api.reads('admin'),
    request: { query: z.strictObject({ ...pageQuery, ...waitQuery }) },
    responses: { 200: jsonAnswer('A page.', pageSchema(keySchema)), ...readFailures },
  });
  api.app.openapi(route, (c) => {
    const asked = pageRequest(c.req.valid('query'));
    const page = pageOfList(api.keyRing.keys(), asked, ({ keyId }) => keyId);
    return c.json(pageAnswer(c, page, keyAnswer), 200);
  });
};

/** Revokes a key; it is dead from the moment of the answer. */
export const revokeKey: Endpoint = (api) => {
  const route = createRoute({
    method: 'delete',
    path: '/v1/keys/{keyId}',
    tags: ['Access keys'],
    summary: 'Revoke an access key',
    ...api.writes('admin'),
    request: { params: z.object({ keyId: z.string().min(1).max(64) }) },
    responses: {
      200: jsonAnswer('The key.', z.object({ key: keySchema, position: writtenPosition })),
      ...writeFailures,
    },
  });
  api.app.openapi(route, async (c) => {
    const { keyId } = c.req.valid('param');
    checkNotLastAdmin(api, keyId);
    const caller = { by: c.get('principal').keyId, idempotency: c.get('idempotency') };
    const { key, changed } = await revoke(api, caller, keyId);
    return c.json(written(c, changed, { key: keyAnswer(key) }), 200);
  });
};

function checkNotLastAdmin(api: Api, keyId: string): void {
  const admins = api.keyRing
    .keys()
    .filter((key) => key.revokedAt === null && key.scopes.includes('admin'));
  if (admins.length !== 1 || admins[0]?.keyId !== keyId) return;
  throw problem('last_admin_key', 'Nobody could get in any more. Issue another admin key first.');
}

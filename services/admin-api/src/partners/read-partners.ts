import { createRoute, z } from '@hono/zod-openapi';
import { pageAnswer, pageQuery, pageRequest, pageSchema } from '@provisie/http';
import type { PartnerView } from '@provisie/read-model';
import type { Api, Endpoint } from '../api.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { partnerAnswer, partnerParams, partnerSchema, partnerStatusSchema } from './partner.ts';
import { openProfile } from './profile.ts';

export const listPartners: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/partners',
    tags: ['Partners'],
    summary: 'List partners',
    ...api.reads('admin', 'finance'),
    request: {
      query: z.strictObject({ status: partnerStatusSchema.optional(), ...pageQuery, ...waitQuery }),
    },
    responses: { 200: jsonAnswer('A page.', pageSchema(partnerSchema)), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const { status, ...query } = c.req.valid('query');
    const filter = status === undefined ? {} : { status };
    const page = await api.readModel.partners(filter, pageRequest(query));
    const rows = await Promise.all(page.rows.map((partner) => withProfile(api, partner)));
    return c.json(
      pageAnswer(c, { rows, next: page.next }, (row) => row),
      200,
    );
  });
};

export const getPartner: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/partners/{partnerId}',
    tags: ['Partners'],
    summary: 'Read a partner',
    ...api.reads('admin', 'finance'),
    request: { params: partnerParams, query: z.strictObject(waitQuery) },
    responses: { 200: jsonAnswer('The partner.', partnerSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const partner = await api.readModel.partner(c.req.valid('param').partnerId);
    if (partner === null) throw problem('not_found', 'There is no such partner.');
    return c.json(await withProfile(api, partner), 200);
  });
};

async function withProfile(api: Api, partner: PartnerView) {
  return partnerAnswer(partner, await openProfile(api.vault, partner.profile));
}

/** The names of partners by id, as far as they are known and not erased. */
export async function partnerNames(
  api: Pick<Api, 'readModel' | 'vault'>,
  partnerIds: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const partnerId of new Set(partnerIds)) {
    const partner = await api.readModel.partner(partnerId);
    const profile = partner === null ? null : await openProfile(api.vault, partner.profile);
    if (profile !== null) names.set(partnerId, profile.name);
  }
  return names;
}

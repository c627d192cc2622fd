import type { Api, Endpoint } from '../api.ts';
import { ACCESS_KEY } from '../api.ts';
import { WOOCOMMERCE_SIGNATURE } from '../woocommerce/woocommerce-webhook.ts';

const DESCRIPTION = `Programmes, partners, links, coupons, orders, what they earn and how it is paid.

**Access.** \`Authorization: Bearer pv_live_…\`; each route names the scopes that may call it.

**Amounts** are whole cents of one currency (\`…Cents\`), without VAT and shipping unless their name or description says otherwise. **Moments** are ISO 8601 in UTC with milliseconds.

**Failures** are RFC 9457 problems (\`application/problem+json\`) with a stable \`code\`.

**Reading what you wrote.** A write answers with its \`position\` in the log, also as the header \`Provisie-Position\`. The read model follows within milliseconds; a read with \`waitFor\` set to that position sees the write.

**Repeating.** Reports of orders may be repeated as they are. Other writes take an \`Idempotency-Key\`: a repeat with the same key and body gives the first answer again.

**Lists** come in pages: \`limit\`, and \`cursor\` set to \`next\` of the page before; the header \`Link\` holds the next page too.`;

/** The OpenAPI document of everything that was added to the app before. */
export const openapiDocument: Endpoint = (api) => {
  api.app.openAPIRegistry.registerComponent('securitySchemes', ACCESS_KEY, {
    type: 'http',
    scheme: 'bearer',
    description: 'An access key such as `pv_live_…`. The names beside a route are the scopes.',
  });
  api.app.openAPIRegistry.registerComponent('securitySchemes', WOOCOMMERCE_SIGNATURE, {
    type: 'apiKey',
    in: 'header',
    name: 'X-WC-Webhook-Signature',
    description: 'base64 of the HMAC-SHA-256 of the raw body under the shop’s secret.',
  });
  let document: ReturnType<typeof documentOf> | null = null;
  api.app.get('/openapi.json', (c) => {
    document ??= documentOf(api);
    c.header('Cache-Control', 'no-cache');
    return c.json(document);
  });
};

/** Built once, when it is first asked for: it takes longer than all else that an API does before it answers. */
function documentOf(api: Api) {
  const document = api.app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Provisie admin API',
      version: '1.0.0',
      description: DESCRIPTION,
      license: { name: 'MIT' },
    },
    servers: [{ url: '/' }],
  });
  leaveOutExamples(document);
  return document;
}

/**
 * `/reference` fills in the example of a parameter when somebody tries a request: balances would be those of a day
 * long ago. So what may be left out has none.
 */
function leaveOutExamples({ paths = {} }: OpenAPIDocument): void {
  for (const { parameters = [] } of Object.values(paths).flatMap(({ get }) => get ?? [])) {
    for (const parameter of parameters) {
      if (!('in' in parameter) || parameter.required === true) continue;
      const { schema } = parameter;
      if (schema !== undefined && 'example' in schema) delete schema.example;
    }
  }
}

type OpenAPIDocument = ReturnType<Api['app']['getOpenAPI31Document']>;

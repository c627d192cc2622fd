import { DEFAULT_TERMS } from '@provisie/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { keyFor, openOffice } from './office.ts';
import { openWorld } from './world.ts';
import type { World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await openOffice(world);
});
afterAll(() => world[Symbol.asyncDispose]());

const content = z.record(z.string(), z.object({ schema: z.looseObject({}) }));
/** What OpenAPI 3.1 asks of the parts that are used here. */
const documentSchema = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.looseObject({ title: z.string().min(1), version: z.string().min(1) }),
  servers: z.array(z.object({ url: z.string() })),
  components: z.object({
    schemas: z.record(z.string(), z.looseObject({})),
    parameters: z.looseObject({}).optional(),
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.string() })),
  }),
  webhooks: z.looseObject({}).optional(),
  paths: z.record(
    z.string().startsWith('/'),
    z.partialRecord(
      z.enum(['get', 'post', 'patch', 'delete', 'put']),
      z.strictObject({
        tags: z.array(z.string()).min(1),
        summary: z.string().min(1),
        description: z.string().optional(),
        security: z.array(z.record(z.string(), z.array(z.string()))),
        parameters: z
          .array(
            z.looseObject({
              name: z.string(),
              in: z.enum(['path', 'query', 'header']),
              required: z.boolean().optional(),
              schema: z.looseObject({}),
            }),
          )
          .optional(),
        requestBody: z.object({ content, required: z.boolean().optional() }).optional(),
        responses: z.record(
          z.string().regex(/^[2-5]\d\d$/),
          z.object({ description: z.string().min(1), content }),
        ),
      }),
    ),
  ),
});

const load = async () => documentSchema.parse((await world.call('GET /openapi.json')).body);

test('what may be left out of a request has no example, which the reference would send', async () => {
  const { paths } = await load();
  const optional = Object.values(paths)
    .flatMap((operations) => operations.get?.parameters ?? [])
    .filter(({ required }) => required !== true);
  expect(optional.length).toBeGreaterThan(100);
  expect(optional.filter((parameter) => JSON.stringify(parameter).includes('"example"'))).toEqual(
    [],
  );
});

test.each(['/v1/programmes', '/v1/programmes/{programmeId}/terms'])(
  '%s says what every term means',
  async (path) => {
    const body = (await load()).paths[path]?.post?.requestBody?.content['application/json']?.schema;
    const termsOf = z.object({
      properties: z.object({
        terms: z.object({ properties: z.record(z.string(), z.looseObject({})) }),
      }),
    });
    const terms = Object.entries(termsOf.parse(body).properties.terms.properties);
    expect(terms.map(([name]) => name).sort()).toEqual(Object.keys(DEFAULT_TERMS).sort());
    expect(terms.filter(([, term]) => !('description' in term))).toEqual([]);
  },
);

test('the document is OpenAPI 3.1, and all its references lead somewhere', async () => {
  const document = await load();
  const text = JSON.stringify(document);
  for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    expect(document.components.schemas).toHaveProperty([name]);
  }
  expect(text).not.toContain('"nullable"');
});

test('every route names its parameters, its security and the problems it may answer', async () => {
  const { paths, components } = await load();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods ?? {})) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const described = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect([method, path, described.map(({ name }) => name)]).toEqual([method, path, inPath]);
      for (const name of operation.security.flatMap((entry) => Object.keys(entry))) {
        expect(components.securitySchemes).toHaveProperty(name);
      }
      const failures = Object.entries(operation.responses).filter(([status]) => status >= '400');
      const isProbe = path.endsWith('z');
      expect([path, isProbe || failures.length >= 5]).toEqual([path, true]);
      for (const [, failure] of isProbe ? [] : failures) {
        expect(Object.keys(failure.content)).toEqual(['application/problem+json']);
      }
      const reads = method === 'get' && path.startsWith('/v1/') && !path.includes('/streams/');
      const names = (operation.parameters ?? []).map(({ name }) => name);
      expect([path, names.includes('waitFor')]).toEqual([path, reads]);
    }
  }
});

test('every write that an access key may make names the Idempotency-Key, and where it must be there', async () => {
  const { paths } = await load();
  const keys = new Map([
    ['admin', world.adminKey],
    ['finance', await keyFor(world, ['finance'])],
    ['partner', await keyFor(world, ['partner'], 'woonblog')],
  ]);
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, { security, parameters = [] }] of Object.entries(methods ?? {})) {
      if (method === 'get' || !security.some((scheme) => 'accessKey' in scheme)) continue;
      const named = parameters.find(({ name }) => name === 'Idempotency-Key');
      expect([method, path, named?.in]).toEqual([method, path, 'header']);
      const [scope = ''] = security.flatMap(({ accessKey = [] }) => accessKey);
      const key = keys.get(scope) ?? '';
      const request = `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, 'none')}`;
      const { body } = await world.call(request, { key, body: {} });
      const isMissed = JSON.stringify(body).includes('"idempotency_key_missing"');
      expect([method, path, named?.required]).toEqual([method, path, isMissed]);
    }
  }
});

test('nothing in a body that is not known is left out without a word', async () => {
  const { paths, components } = await load();
  const lenient: string[] = [];
  const look = (value: unknown, at: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const parts = new Map<string, unknown>(Object.entries(value));
    const reference = parts.get('$ref');
    if (typeof reference === 'string') {
      look(components.schemas[reference.split('/').at(-1) ?? ''], at);
      return;
    }
    if (parts.has('properties') && parts.get('additionalProperties') !== false) lenient.push(at);
    for (const [name, part] of parts) look(part, `${at}/${name}`);
  };
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, { requestBody }] of Object.entries(methods ?? {})) {
      look(requestBody?.content['application/json']?.schema, `${method} ${path}`);
    }
  }
  expect(lenient).toEqual([]);
});

test('the reference runs on what we serve ourselves, under a policy that lets it go nowhere else', async () => {
  const page = await world.fetch('/reference', {});
  const html = await page.text();
  expect(page.status).toBe(200);
  expect(html).not.toMatch(/https?:\/\//);
  const policy = page.headers.get('Content-Security-Policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe/);
  for (const [, source = ''] of html.matchAll(/<script src="([^"]+)"/g)) {
    const script = await world.fetch(source, { headers: { 'Accept-Encoding': 'gzip' } });
    expect(script.status).toBe(200);
    expect(script.headers.get('Content-Type')).toContain('text/javascript');
    expect((await script.arrayBuffer()).byteLength).toBeGreaterThan(100);
  }
});

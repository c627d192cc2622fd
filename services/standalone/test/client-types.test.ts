import openapiTS, { astToString } from 'openapi-typescript';
import type { OpenAPI3 } from 'openapi-typescript';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { serverProcess } from './process.ts';
import { temporaryFolder } from './temp-folder.ts';

const WRITTEN = '../../../packages/client/src/api-types.ts';
const HEADING = `// Written by services/standalone/test/client-types.test.ts from what the service describes; not by hand.
`;

const operationSchema = z.looseObject({
  security: z.array(z.record(z.string(), z.unknown())),
  requestBody: z.looseObject({ content: z.record(z.string(), z.unknown()) }).optional(),
  responses: z.record(z.string(), z.looseObject({})),
});
type Operation = z.infer<typeof operationSchema>;
const documentSchema = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
});

test('the client’s types are those of the document; `npm test -- client-types -u` writes them anew', async () => {
  const server = await serverProcess(temporaryFolder());
  onTestFinished(() => void server.stop('SIGKILL'));
  const served: unknown = await (await fetch(`${server.url}/openapi.json`)).json();
  const types = await openapiTS(forClients(served), { defaultNonNullable: false });
  await expect(HEADING + astToString(types)).toMatchFileSnapshot(WRITTEN);
});

/** What is called with an access key and in JSON. Failures are left out: they are the same everywhere. */
function forClients(served: unknown): OpenAPI3 {
  const { paths, ...document } = documentSchema.parse(served);
  return { ...document, paths: mapped(paths, (operations) => mapped(operations, callable)) };
}

function callable({ responses, ...operation }: Operation) {
  const { security, requestBody } = operation;
  const takesKey = security.some((scheme) => 'accessKey' in scheme);
  const takesJson = requestBody === undefined || 'application/json' in requestBody.content;
  if (!takesKey || !takesJson) return null;
  const good = mapped(responses, (answer, status) => (status.startsWith('2') ? answer : null));
  return { ...operation, responses: good };
}

/** Without what becomes null. */
function mapped<From, To>(
  parts: Readonly<Record<string, From>>,
  change: (part: From, name: string) => To | null,
): Record<string, To> {
  const changed: Record<string, To> = {};
  for (const [name, part] of Object.entries(parts)) {
    const to = change(part, name);
    if (to !== null) changed[name] = to;
  }
  return changed;
}

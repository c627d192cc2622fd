import { z } from '@hono/zod-openapi';

/** Of a route: a JSON body that must be there. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } };
}

/** As `jsonBody`, for a schema of another package, which can't carry its example itself. */
export function jsonBodyLike<Schema extends z.ZodType>(schema: Schema, example: z.input<Schema>) {
  return { required: true, content: { 'application/json': { schema, example } } };
}

/** Of a route: a JSON body that may be left out; it is then an empty object, into which no default was put. */
export function optionalBody<Schema extends z.ZodType>(schema: Schema) {
  return { content: { 'application/json': { schema } } };
}

/** Of a route: an answer in JSON. */
export function jsonAnswer<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { 'application/json': { schema } } };
}

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().openapi({ description: 'Stable; what programs look at.' }),
    detail: z.string(),
    instance: z.string().optional(),
    errors: z
      .array(z.object({ path: z.string(), problem: z.string(), expected: z.string().optional() }))
      .optional(),
  })
  .openapi('Problem', {
    description: 'RFC 9457 problem details.',
    example: {
      type: 'urn:provisie:problem:invalid_request',
      title: 'The request is not valid',
      status: 400,
      code: 'invalid_request',
      detail: 'One value is not right; see `errors`.',
      errors: [{ path: '/rateBps', problem: 'too large', expected: 'at most 10000' }],
    },
  });

const failure = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

/** What any guarded route may answer instead. */
export const readFailures = {
  400: failure('Something in the request is not right; `errors` says where and what.'),
  401: failure('No valid access key.'),
  403: failure('The access key lacks the scope.'),
  404: failure('There is no such thing.'),
  429: failure('Too many requests; `Retry-After` says when to go on.'),
  503: failure('The read model has not got to the position waited for, or a part is not there.'),
};

export const writeFailures = {
  ...readFailures,
  409: failure('It contradicts what is so already; `code` says how.'),
  413: failure('The body is too large.'),
  415: failure('The body is not JSON.'),
  422: failure('The Idempotency-Key came with another body before.'),
  507: failure('The disk of the event store is full; nothing was written.'),
};

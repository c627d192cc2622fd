import { z } from 'zod';

/** Calls the API as any other client would. */
export interface ApiClient {
  readonly url: string;
  get<Answer>(path: string, schema: z.ZodType<Answer>): Promise<Answer>;
  /** Resolves to the position in the log at which it stands. */
  post(path: string, body: object): Promise<number>;
  postFor<Answer>(path: string, body: object, schema: z.ZodType<Answer>): Promise<Answer>;
}

const positioned = z.object({ position: z.number() });

export function createApiClient(url: string, accessKey: string): ApiClient {
  const request = async <Answer>(
    method: string,
    path: string,
    schema: z.ZodType<Answer>,
    body?: object,
  ): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${accessKey}`,
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
    return schema.parse(JSON.parse(text));
  };
  return {
    url,
    get: (path, schema) => request('GET', path, schema),
    post: async (path, body) => (await request('POST', path, positioned, body)).position,
    postFor: (path, body, schema) => request('POST', path, schema, body),
  };
}

import { z } from 'zod';

/** Calls the API as any other client would. */
export interface ApiClient {
  readonly url: string;
  get<Answer>(path: string, schema: z.ZodType<Answer>): Promise<Answer>;
  /** Resolves to the position in the log at which it stands. */
  post(path: string, body: object): Promise<number>;
  put(path: string, body: object): Promise<number>;
  /** The bytes of a file. */
  download(path: string): Promise<Uint8Array>;
  postFor<Answer>(path: string, body: object, schema: z.ZodType<Answer>): Promise<Answer>;
}

const positioned = z.object({ position: z.number() });

export function createApiClient(url: string, accessKey: string): ApiClient {
  const send = async (method: string, path: string, body?: object): Promise<Response> => {
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
    if (response.ok) return response;
    const text = await response.text();
    throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
  };
  const request = async <Answer>(
    method: string,
    path: string,
    schema: z.ZodType<Answer>,
    body?: object,
  ): Promise<Answer> => schema.parse(await (await send(method, path, body)).json());
  return {
    url,
    get: (path, schema) => request('GET', path, schema),
    post: async (path, body) => (await request('POST', path, positioned, body)).position,
    put: async (path, body) => (await request('PUT', path, positioned, body)).position,
    download: async (path) => new Uint8Array(await (await send('GET', path)).arrayBuffer()),
    postFor: (path, body, schema) => request('POST', path, schema, body),
  };
}

import { z } from 'zod';

/** Calls the API of the system under load, as its people do. */
export interface ApiClient {
  get(path: string): Promise<void>;
  post<Answer>(path: string, body: object | null, schema: z.ZodType<Answer>): Promise<Answer>;
  delete(path: string): Promise<void>;
}

/** Of an answer nothing of which is needed. */
export const anything: z.ZodType = z.unknown();

export function createApiClient(url: string, accessKey: string): ApiClient {
  const send = async (
    method: string,
    path: string,
    body: object | null = null,
  ): Promise<Response> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${accessKey}`,
        'idempotency-key': crypto.randomUUID(),
        ...(body === null ? {} : { 'content-type': 'application/json' }),
      },
      body: body === null ? null : JSON.stringify(body),
    });
    if (response.ok) return response;
    const text = await response.text();
    throw new Error(`${method} ${path} was answered ${String(response.status)}: ${text}`);
  };
  return {
    async get(path) {
      await (await send('GET', path)).body?.cancel();
    },
    async post(path, body, schema) {
      return schema.parse(await (await send('POST', path, body)).json());
    },
    async delete(path) {
      await (await send('DELETE', path)).body?.cancel();
    },
  };
}

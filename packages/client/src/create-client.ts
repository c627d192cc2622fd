import { addressOf, serverAddress } from './address.ts';
import type { Values } from './address.ts';
import type { Client, ClientOptions } from './client.ts';
import type { Answer, Item, ListPath, Method, Page, PathOf } from './routes.ts';
import { jsonIn, send, unexpected } from './sending.ts';
import type { Sender } from './sending.ts';

/** Every option of any call, whatever its route takes. */
interface AnyOptions {
  readonly path?: Values;
  readonly query?: Values;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

const PRINTABLE = /^[!-~]{1,255}$/;

/**
 * Makes a client. Throws a `TypeError` for a `baseUrl` or `key` that can't be one, which holds neither of them.
 *
 *     const shop = createClient({ baseUrl: 'https://go.example.nl', key: process.env.PROVISIE_KEY });
 *     await shop.post('/v1/orders', { body: { orderId: 'webshop-2001', … } });
 */
export function createClient(options: ClientOptions): Client {
  const sender = senderOf(options);

  // What comes is of the type that the document gives it; a test holds the document against the service.
  function json<M extends Method, Path extends PathOf<M>>(
    method: M,
    path: Path,
    given?: object,
  ): Promise<Answer<M, Path>>;
  async function json(method: Method, path: string, given?: AnyOptions): Promise<unknown> {
    const request = requestOf(method, path, given);
    return send(sender, request, async (response) => {
      const content = jsonIn(await response.text());
      if (content === undefined) throw unexpected(request.name, response);
      return content;
    });
  }

  function all<Path extends ListPath>(
    path: Path,
    given?: object,
  ): AsyncGenerator<Item<Path>, void, undefined>;
  async function* all(path: ListPath, given: AnyOptions = {}): AsyncGenerator {
    let cursor: string | undefined;
    do {
      const query = { ...given.query, cursor };
      const { items, next }: Page = await json('get', path, { ...given, query });
      yield* items;
      cursor = next ?? undefined;
    } while (cursor !== undefined);
  }

  return {
    get: (path, ...[given]) => json('get', path, given),
    post: (path, ...[given]) => json('post', path, given),
    put: (path, ...[given]) => json('put', path, given),
    patch: (path, ...[given]) => json('patch', path, given),
    delete: (path, ...[given]) => json('delete', path, given),
    file: async (path, ...[given]) =>
      send(sender, requestOf('get', path, given), (response) => response.blob()),
    all: (path, ...[given]) => all(path, given),
  };
}

function senderOf(options: ClientOptions): Sender {
  const { baseUrl, key, timeoutMs = 30_000, patienceMs = 60_000 } = options;
  // `fetch` refuses other characters with an error that quotes them.
  if (!PRINTABLE.test(key)) {
    throw new TypeError('key is empty, or holds characters that no access key has.');
  }
  const fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  return { server: serverAddress(baseUrl), key, fetch, timeoutMs, patienceMs };
}

function requestOf(method: Method, path: string, given: AnyOptions = {}) {
  const { body, signal, idempotencyKey = crypto.randomUUID() } = given;
  if (!PRINTABLE.test(idempotencyKey)) {
    throw new TypeError('idempotencyKey has 1 to 255 printable ASCII characters.');
  }
  return {
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    address: addressOf(path, given.path, given.query),
    headers: {
      ...(method === 'get' ? {} : { 'idempotency-key': idempotencyKey }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
    signal,
  };
}

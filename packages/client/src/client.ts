import type { Answer, Args, FilePath, Item, ListOptions, ListPath } from './routes.ts';
import type { Options, PathOf, ReadPath } from './routes.ts';
import type { Patience } from './sending.ts';

export interface ClientOptions extends Partial<Patience> {
  /** Where the merchant's Provisie is, such as `https://go.example.nl`. */
  readonly baseUrl: string;
  /** An access key, `pv_live_…`. It is sent to that address only, and stands in no error. */
  readonly key: string;
  /** What sends the requests. Default the runtime's own. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/**
 * Calls the API of one merchant with one access key. Paths, parameters, bodies and answers are those of its OpenAPI
 * document.
 *
 * A call rejects with a `ProvisieError` when it wasn't carried out, with the reason of its `signal` when it was aborted,
 * and with a `TypeError` when there is nothing to ask a server: an empty id, say.
 */
export interface Client {
  get<Path extends ReadPath>(
    path: Path,
    ...options: Args<Options<'get', Path>>
  ): Promise<Answer<'get', Path>>;

  post<Path extends PathOf<'post'>>(
    path: Path,
    ...options: Args<Options<'post', Path>>
  ): Promise<Answer<'post', Path>>;

  put<Path extends PathOf<'put'>>(
    path: Path,
    ...options: Args<Options<'put', Path>>
  ): Promise<Answer<'put', Path>>;

  patch<Path extends PathOf<'patch'>>(
    path: Path,
    ...options: Args<Options<'patch', Path>>
  ): Promise<Answer<'patch', Path>>;

  delete<Path extends PathOf<'delete'>>(
    path: Path,
    ...options: Args<Options<'delete', Path>>
  ): Promise<Answer<'delete', Path>>;

  /** A paper or an export, as bytes with their media type. */
  file<Path extends FilePath>(path: Path, ...options: Args<Options<'get', Path>>): Promise<Blob>;

  /** Everything in a list: the next page is fetched when it is come to. */
  all<Path extends ListPath>(
    path: Path,
    ...options: Args<ListOptions<Path>>
  ): AsyncGenerator<Item<Path>, void, undefined>;
}

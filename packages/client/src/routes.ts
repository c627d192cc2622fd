// What the API can be asked, as its OpenAPI document has it.
import type { paths } from './api-types.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Of all paths, those that answer to the method. */
export type PathOf<M extends Method> = {
  [Path in keyof paths]: paths[Path] extends Readonly<Record<M, object>> ? Path : never;
}[keyof paths];

type Operation<M extends Method, Path extends PathOf<M>> = paths[Path][M];

/** A part of an operation, never when it has none. */
type Part<Of, Name extends string> = Of extends { [_ in Name]?: infer Found }
  ? Exclude<Found, undefined>
  : never;

type Json<Of> = Of extends { content: { 'application/json': infer Value } } ? Value : never;

/** What a route answers, such as `Answer<'get', '/v1/me/balance'>`. */
export type Answer<M extends Method, Path extends PathOf<M>> =
  Part<Operation<M, Path>, 'responses'> extends infer Responses
    ? Json<Responses[keyof Responses]>
    : never;

/** What a route takes, such as `Body<'post', '/v1/orders'>`. */
export type Body<M extends Method, Path extends PathOf<M>> = Sent<
  Json<Part<Operation<M, Path>, 'requestBody'>>
>;

type Parameters<M extends Method, Path extends PathOf<M>, Place extends 'path' | 'query'> = Sent<
  Part<Part<Operation<M, Path>, 'parameters'>, Place>
>;

/** Of what is only read: arrays may be read-only, and what may be left out may be undefined. */
type Sent<Value> = Value extends readonly (infer Element)[]
  ? readonly Sent<Element>[]
  : Value extends object
    ? {
        readonly [Name in keyof Value]: object extends Pick<Value, Name>
          ? Sent<Value[Name]> | undefined
          : Sent<Value[Name]>;
      }
    : Value;

/** The paths that answer with JSON to `GET`. */
export type ReadPath = {
  [Path in PathOf<'get'>]: [Answer<'get', Path>] extends [never] ? never : Path;
}[PathOf<'get'>];

/** The paths that answer with a file. */
export type FilePath = Exclude<PathOf<'get'>, ReadPath>;

/** The paths whose answers come in pages. */
export type ListPath = {
  [Path in ReadPath]: Answer<'get', Path> extends Page ? Path : never;
}[ReadPath];

/** The body of every list. */
export interface Page {
  readonly items: readonly unknown[];
  readonly next: string | null;
}

/** One of what a list holds, such as `Item<'/v1/me/commissions'>`. */
export type Item<Path extends ListPath> =
  Answer<'get', Path> extends { items: readonly (infer Row)[] } ? Row : never;

/** Of every call. */
export interface CallOptions {
  /** Ends the call, also while it waits to try again. */
  readonly signal?: AbortSignal;
}

/** Of every call that writes. */
export interface WriteOptions extends CallOptions {
  /**
   * 1 to 255 printable ASCII characters: what is sent again with the same one is done once. Without it each call gets its
   * own, for all its attempts. Give one that is kept where the call itself may be made again, by a queue for instance.
   */
  readonly idempotencyKey?: string;
}

/** An option that must be there where something in it must. */
type Given<Name extends string, Wanted> = [Wanted] extends [never]
  ? unknown
  : object extends Wanted
    ? { readonly [_ in Name]?: Wanted }
    : { readonly [_ in Name]: Wanted };

/** What goes along with a request. */
export type Options<M extends Method, Path extends PathOf<M>> = Given<
  'path',
  Parameters<M, Path, 'path'>
> &
  Given<'query', Parameters<M, Path, 'query'>> &
  Given<'body', Body<M, Path>> &
  (M extends 'get' ? CallOptions : WriteOptions);

/** As of a read, without the place in the list. */
export type ListOptions<Path extends ListPath> = Given<'path', Parameters<'get', Path, 'path'>> &
  Given<'query', Omit<Parameters<'get', Path, 'query'>, 'cursor'>> &
  CallOptions;

/** The options as a last argument, which may be left out where nothing must be given. */
export type Args<Wanted> = object extends Wanted ? [options?: Wanted] : [options: Wanted];

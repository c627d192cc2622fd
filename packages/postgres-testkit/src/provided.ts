/** A server for all tests of a run, or why there is none. */
export type ProvidedPostgres = { readonly url: string } | { readonly missing: string };

declare module 'vitest' {
  interface ProvidedContext {
    postgres: ProvidedPostgres;
  }
}

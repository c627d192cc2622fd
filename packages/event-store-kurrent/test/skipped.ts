/** What this server can't promise; `test/ids.test.ts` pins what happens instead. */
export const skippedBecauseOfIds = [
  {
    reason: 'the server knows the ids of one stream only',
    tests: [
      'repeating > an id in another stream is an error, and that stream is not made',
      'deciding > an id that is taken for something else is an error, not a race without end',
      'importing > an id that stands elsewhere is refused',
    ],
  },
] as const;

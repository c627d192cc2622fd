import { expect, test } from 'vitest';
import { differencesBetween } from './difference.ts';

test.each([
  [{ a: 1 }, { a: 1 }, []],
  [{ a: 1 }, { a: 2 }, [{ path: '/a', recorded: 1, sent: 2 }]],
  [{ a: 1 }, {}, [{ path: '/a', recorded: 1 }]],
  [{ a: 1, b: undefined }, { a: 1 }, []],
  [{}, { a: null }, [{ path: '/a', sent: null }]],
  [
    { l: [1, 2] },
    { l: [1, 3, 4] },
    [
      { path: '/l/1', recorded: 2, sent: 3 },
      { path: '/l/2', sent: 4 },
    ],
  ],
  [{ 'a/b': { '~': 1 } }, { 'a/b': { '~': 2 } }, [{ path: '/a~1b/~0', recorded: 1, sent: 2 }]],
  [{ a: [] }, { a: {} }, [{ path: '/a', recorded: [], sent: {} }]],
  [{ b: 1, a: 1 }, { a: 1, b: 1 }, []],
])('%j and %j differ in %j', (recorded, sent, differences) => {
  expect(differencesBetween(recorded, sent)).toEqual(differences);
});

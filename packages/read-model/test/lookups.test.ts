import { expect, test } from 'vitest';
import { Lookups, type Lookup } from '../src/batch/lookups.ts';
import { emptySqliteReadModel } from './read-models.ts';

interface Fruit {
  readonly colour: string;
  readonly name: string;
}

const BASKET: readonly Fruit[] = [
  { colour: 'red', name: 'cherry' },
  { colour: 'red', name: 'currant' },
  { colour: 'blue', name: 'plum' },
];

interface Fruits {
  readonly lookups: Lookups;
  readonly byColour: Lookup<Fruit>;
  readonly namesOf: (colour: string) => string[];
  /** The keys of each time that the basket was read. */
  readonly reads: (readonly string[])[];
}

async function fruits(): Promise<Fruits> {
  const { database } = await emptySqliteReadModel();
  const lookups = new Lookups(database.reading);
  const reads: (readonly string[])[] = [];
  const byColour = lookups.of<Fruit>({
    keyOf: ({ colour }) => colour,
    idOf: ({ name }) => name,
    read: async (_, colours) => {
      reads.push(colours);
      return BASKET.filter(({ colour }) => colours.includes(colour));
    },
  });
  const namesOf = (colour: string) => Array.from(byColour.of(colour), ({ name }) => name);
  return { lookups, byColour, namesOf, reads };
}

test('what many miss is read once, for all of them together', async () => {
  const { lookups, namesOf, reads } = await fruits();
  const found = await lookups.findEach(['red', 'blue', 'green'], namesOf);
  expect([...found.values()]).toEqual([['cherry', 'currant'], ['plum'], []]);
  expect(await lookups.find(() => namesOf('green'))).toEqual([]);
  expect(reads).toEqual([['red', 'blue', 'green']]);
});

test('a question that depends on an answer is asked again until it misses nothing', async () => {
  const { lookups, namesOf, reads } = await fruits();
  const found = await lookups.find(() => (namesOf('blue').includes('plum') ? namesOf('red') : []));
  expect(found).toEqual(['cherry', 'currant']);
  expect(reads).toEqual([['blue'], ['red']]);
});

test('what was added counts, whether before or after what is there was read', async () => {
  const { lookups, byColour, namesOf } = await fruits();
  byColour.put({ colour: 'blue', name: 'sloe' });
  expect(await lookups.find(() => namesOf('blue'))).toEqual(['plum', 'sloe']);
  byColour.put({ colour: 'blue', name: 'bilberry' });
  byColour.drop({ colour: 'blue', name: 'plum' });
  expect(await lookups.find(() => namesOf('blue'))).toEqual(['sloe', 'bilberry']);
});

test('what was forgotten is read again', async () => {
  const { lookups, byColour, namesOf, reads } = await fruits();
  byColour.put({ colour: 'red', name: 'apple' });
  await lookups.find(() => namesOf('red'));
  lookups.forget();
  expect(await lookups.find(() => namesOf('red'))).toEqual(['cherry', 'currant']);
  expect(reads).toHaveLength(2);
});

test('what is read up to a moment is read again for one that is later', async () => {
  const { database } = await emptySqliteReadModel();
  const lookups = new Lookups(database.reading);
  const reads: { readonly keys: readonly string[]; readonly until: number }[] = [];
  const moments = lookups.of<{ readonly key: string; readonly at: number }>({
    keyOf: ({ key }) => key,
    idOf: ({ at }) => at,
    read: async (_, keys, until) => {
      reads.push({ keys, until });
      return keys.flatMap((key) => [10, 20, 30].map((at) => ({ key, at })));
    },
  });
  const asked = [
    ['a', 15],
    ['b', 25],
  ] as const;
  await lookups.findEach(asked, ([key, until]) => [...moments.of(key, until)]);
  await lookups.find(() => [...moments.of('a', 25), ...moments.of('b', 5)]);
  await lookups.find(() => [...moments.of('a', 26)]);
  expect(reads).toEqual([
    { keys: ['a', 'b'], until: 25 },
    { keys: ['a'], until: 26 },
  ]);
});

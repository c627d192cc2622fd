import { expect, test } from 'vitest';
import { day, factsOf, programme, published } from '../../test/given.ts';
import { openDossier } from './dossier.ts';
import { newProgrammeHistory, termsAt } from './programme-history.ts';

const { entities } = factsOf(
  programme('affiliate', {}, day(1)),
  published('affiliate', 2, day(5), {}, day(2)),
  published('affiliate', 3, day(5), {}, day(3)),
  published('affiliate', 4, day(4), {}, day(4)),
  programme('other', {}, day(0)),
);
const affiliate = openDossier(entities).programmes.get('affiliate') ?? newProgrammeHistory();

test.for<[string, number, number | null]>([
  ['none before the first', day(1) - 1, null],
  ['from their own millisecond on', day(1), 1],
  ['not from when they were published', day(4) - 1, 1],
  ['a later version that took effect earlier gives way', day(4), 4],
  ['of two from one moment the greater version', day(5), 3],
])('the terms in force: %s', ([, at, version]) => {
  expect(termsAt(affiliate, at)?.data.termsVersion ?? null).toBe(version);
});

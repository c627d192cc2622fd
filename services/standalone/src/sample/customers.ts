import type { Chance } from './random.ts';

export interface Customer {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly street: string;
  readonly city: string;
  readonly postcode: string;
  readonly phone: string;
}

const FIRST =
  'Daan Emma Sem Julia Lucas Mila Levi Tess Finn Sophie Noah Zoë Bram Lotte Thijs Fleur Ruben Noor Lars Eva Jan Anouk Pieter Marieke'.split(
    ' ',
  );
const LAST = [
  'de Jong',
  'Jansen',
  'de Vries',
  'van den Berg',
  'Bakker',
  'Visser',
  'Smit',
  'Meijer',
  'Mulder',
  'Bos',
  'Vos',
  'Peters',
  'Hendriks',
  'Dekker',
  'Brouwer',
  'de Wit',
  'Dijkstra',
  'Kok',
  'Postma',
  'Özdemir',
];
const STREETS = [
  'Dorpsstraat',
  'Kerkstraat',
  'Molenweg',
  'Stationsweg',
  'Lindelaan',
  'Prinsengracht',
  'Eikenlaan',
  'Havenkade',
];
const CITIES = [
  'Utrecht',
  'Haarlem',
  'Amersfoort',
  'Delft',
  'Zwolle',
  'Breda',
  'Leiden',
  'Nijmegen',
];

/** A person who doesn't exist, at an address that can't. */
export function customerOf(chance: Chance): Customer {
  const firstName = chance.pick(FIRST);
  const lastName = chance.pick(LAST);
  const plain = `${firstName}.${lastName}`
    .normalize('NFD')
    .replaceAll(/[^A-Za-z.]/g, '')
    .toLowerCase();
  return {
    firstName,
    lastName,
    email: `${plain}${chance.between(10, 9999)}@post.example`,
    street: `${chance.pick(STREETS)} ${chance.between(1, 240)}`,
    city: chance.pick(CITIES),
    postcode: `${chance.between(1000, 9999)} ZZ`,
    phone: `+3197010${chance.between(100_000, 999_999)}`,
  };
}

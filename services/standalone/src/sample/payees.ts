import type { Setup } from './setup.ts';

export type Payee = NonNullable<Setup['partners'][number]['payee']>;

/** The office itself, which pays. */
export const SAMPLE_MERCHANT: Setup['merchant'] = {
  legalName: 'Constructiebureau De Draagbalk B.V.',
  street: 'Oude Haven 12',
  postalCode: '2011 CL',
  city: 'Haarlem',
  country: 'NL',
  vatId: 'NL004000006B16',
  registrationNumber: '34567890',
  email: 'administratie@dedraagbalk.example',
  iban: 'NL08ABNA0310000000',
  bic: 'ABNANL2A',
};

/** Whom the partners are for the tax office and where their money goes. One of them never told. */
export const SAMPLE_PAYEES: Readonly<Record<string, Payee>> = {
  woonblog: business(
    'Woonblog Nederland B.V.',
    'NL56INGB0317654321',
    'NL004000018B28',
    '3512 JE',
    'Utrecht',
  ),
  verbouwhulp: business(
    'Verbouwhulp Online V.O.F.',
    'NL12RABO0325308642',
    'NL004000020B30',
    '5611 AZ',
    'Eindhoven',
  ),
  klusvlog: {
    ...person('Sanne Brouwer', 'NL19TRIO0332962963', '9711 NA', 'Groningen'),
    taxProfile: 'nl_small_business',
    vatId: 'NL004000031B41',
    registrationNumber: '45678901',
  },
  aanbouwgids: business(
    'De Aanbouwgids',
    'NL29ABNA0340617284',
    'NL004000043B53',
    '6811 KD',
    'Arnhem',
  ),
  huisvanhout: {
    ...person('Huis van Hout BV', 'BE68539007547034', '2000', 'Antwerpen'),
    taxProfile: 'eu_business',
    vatId: 'BE0428759497',
    registrationNumber: '0428759497',
    country: 'BE',
  },
  stadsnest: person('Łukasz Wiśniewski', 'NL77INGB0348271605', '1017 AB', 'Amsterdam'),
  'tinyhouse-tips': person('Noor Şahin', 'NL33RABO0355925926', '7511 HA', 'Enschede'),
  loftlab: {
    ...person('Loftlab Ltd', 'GB29NWBK60161331926819', 'E1 6AN', 'London'),
    taxProfile: 'non_eu_business',
    bic: 'NWBKGB2L',
    country: 'GB',
    language: 'en',
  },
  'makelaardij-deliefde': business(
    'Makelaardij De Liefde B.V.',
    'NL40TRIO0363580247',
    'NL004000055B65',
    '2012 ES',
    'Haarlem',
  ),
  'nieuwmarkt-makelaars': business(
    'Nieuwmarkt Makelaars B.V.',
    'NL50ABNA0371234568',
    'NL004000067B77',
    '1012 CR',
    'Amsterdam',
  ),
  'studio-kade': business(
    'Studio Kade Architecten',
    'NL98INGB0378888889',
    'NL004000074B84',
    '3011 GB',
    'Rotterdam',
  ),
  'atelier-noord': business(
    'Atelier Noord',
    'NL54RABO0386543210',
    'NL004000079B89',
    '8911 AC',
    'Leeuwarden',
  ),
};

function business(
  accountHolder: string,
  iban: string,
  vatId: string,
  postalCode: string,
  city: string,
): Payee {
  return {
    ...person(accountHolder, iban, postalCode, city),
    taxProfile: 'nl_business',
    vatId,
    registrationNumber: String(10_000_000 + Number(iban.slice(-7))),
  };
}

function person(accountHolder: string, iban: string, postalCode: string, city: string): Payee {
  return {
    accountHolder,
    iban,
    bic: null,
    taxProfile: 'private_person',
    vatId: null,
    registrationNumber: null,
    street: 'Kerkstraat 1',
    postalCode,
    city,
    country: 'NL',
    language: 'nl',
  };
}

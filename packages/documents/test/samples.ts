import { shareOf } from '@provisie/domain';
import type {
  DocumentContent,
  DocumentKind,
  DocumentLanguage,
  DocumentLine,
  DocumentOrder,
  DocumentParty,
  DocumentVat,
  VatTreatment,
} from '../src/index.ts';

const MERCHANT: DocumentParty = {
  name: 'Fietsenwinkel De Spaak B.V.',
  street: 'Keizersgracht 123',
  postalCode: '1015 CJ',
  city: 'Amsterdam',
  country: 'NL',
  vatId: 'NL123456782B90',
  registrationNumber: '12345678',
  email: 'administratie@despaak.example',
};

const DUTCH_PARTNER: DocumentParty = {
  name: 'Jansen Media',
  street: 'Oudegracht 45 bis',
  postalCode: '3511 AB',
  city: 'Utrecht',
  country: 'NL',
  vatId: 'NL001234567B12',
  registrationNumber: '87654321',
  email: 'info@jansenmedia.example',
};

const SUPPLIERS: Readonly<Record<VatTreatment, DocumentParty>> = {
  standard: DUTCH_PARTNER,
  small_business: { ...DUTCH_PARTNER, name: 'Blog van Noor' },
  no_vat: { ...DUTCH_PARTNER, name: 'Noor de Vries', vatId: null, registrationNumber: null },
  reverse_charge: {
    name: 'Łukasz Wiśniewski-Șerban Sp. z o.o.',
    street: 'ul. Świętokrzyska 14',
    postalCode: '00-050',
    city: 'Warszawa',
    country: 'PL',
    vatId: 'PL5260001246',
    registrationNumber: null,
    email: 'biuro@wisniewski.example',
  },
  outside_scope: {
    name: 'Alpine Reviews GmbH',
    street: 'Bahnhofstrasse 1',
    postalCode: '8001',
    city: 'Zürich',
    country: 'CH',
    vatId: null,
    registrationNumber: 'CHE-116.281.710',
    email: 'hello@alpine.example',
  },
};

export interface LineSample {
  readonly programmeId: string;
  readonly orderCents: readonly number[];
  readonly treatment: VatTreatment;
  readonly rateBps: number;
}

/** Content whose sums add up, from lines given as the amounts of their orders. */
export function contentOf(
  kind: DocumentKind,
  language: DocumentLanguage,
  samples: readonly LineSample[],
): DocumentContent {
  const lines = samples.map(lineOf);
  const vat = vatOf(lines);
  const netCents = sumOf(lines.map((line) => line.netCents));
  const vatCents = sumOf(vat.map((group) => group.vatCents));
  return {
    kind,
    number: kind === 'payout_statement' ? 'jansen-S0007' : 'jansen-0007',
    issueDate: '2026-11-22',
    periodEnd: '2026-10-31',
    language,
    currency: 'EUR',
    supplier: SUPPLIERS[samples[0]?.treatment ?? 'standard'],
    customer: MERCHANT,
    payoutId: '0f3b9c1d2e4a5b6c7d8e9f0a1b2c3d4e',
    accountMasked: 'NL•• •••• •••• ••43 00',
    corrects: kind === 'credit_note' ? [{ number: 'jansen-0005', issueDate: '2026-09-21' }] : [],
    lines,
    vat,
    netCents,
    vatCents,
    totalCents: netCents + vatCents,
    orders: samples.flatMap(ordersOf),
  };
}

/** Two programmes with a few orders each. */
export function sampleContent(
  kind: DocumentKind,
  treatment: VatTreatment,
  language: DocumentLanguage,
): DocumentContent {
  const rateBps = treatment === 'standard' ? 2100 : 0;
  return contentOf(kind, language, [
    { programmeId: 'spaak', orderCents: [123_456, 4_999, 1_050], treatment, rateBps },
    { programmeId: 'onderdelen', orderCents: [2_575, 333], treatment, rateBps },
  ]);
}

export const TREATMENTS: readonly VatTreatment[] = [
  'standard',
  'small_business',
  'no_vat',
  'reverse_charge',
  'outside_scope',
];

/** What may stand on what: a statement is a private person's, an invoice never is. */
export function isAllowed(kind: DocumentKind, treatment: VatTreatment): boolean {
  if (kind === 'credit_note') return true;
  return (kind === 'payout_statement') === (treatment === 'no_vat');
}

function lineOf(sample: LineSample): DocumentLine {
  return {
    programmeId: sample.programmeId,
    programmeName: `De Spaak: ${sample.programmeId}`,
    orders: sample.orderCents.length,
    netCents: sumOf(sample.orderCents),
    treatment: sample.treatment,
    rateBps: sample.rateBps,
  };
}

function ordersOf(sample: LineSample): readonly DocumentOrder[] {
  return sample.orderCents.map((netCents, index) => ({
    orderId: `${sample.programmeId}-2026-${10_001 + index}`,
    programmeId: sample.programmeId,
    netCents,
  }));
}

function vatOf(lines: readonly DocumentLine[]): readonly DocumentVat[] {
  const groups = Map.groupBy(lines, (line) => `${line.treatment} ${line.rateBps}`);
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const { treatment, rateBps } = first;
    const netCents = sumOf([first, ...others].map((line) => line.netCents));
    const vatCents = treatment === 'standard' ? shareOf(netCents, rateBps) : 0;
    return [{ treatment, rateBps, netCents, vatCents }];
  });
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

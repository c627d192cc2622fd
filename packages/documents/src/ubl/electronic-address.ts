import type { DocumentParty } from '../document.ts';

/** Peppol's electronic address of a party (BT-34, BT-49): an identifier and its scheme in the EAS code list. */
export interface ElectronicAddress {
  readonly schemeId: string;
  readonly id: string;
}

/** EAS schemes of VAT ids, by their first two letters. */
const VAT_SCHEMES: Readonly<Record<string, string>> = {
  AT: '9914',
  BE: '9925',
  BG: '9926',
  CH: '9927',
  CY: '9928',
  CZ: '9929',
  DE: '9930',
  DK: '0198',
  EE: '9931',
  EL: '9933',
  ES: '9920',
  FR: '9957',
  GB: '9932',
  HR: '9934',
  HU: '9910',
  IE: '9935',
  IT: '0211',
  LT: '9937',
  LU: '9938',
  LV: '9939',
  MT: '9943',
  NL: '9944',
  PL: '9945',
  PT: '9946',
  RO: '9947',
  SI: '9949',
  SK: '9950',
};

/** Where a business has an address by a number that its VAT id contains, and none by the VAT id itself. */
const NUMBERS_WITHIN = [
  { vatId: /^FI(\d{8})$/, schemeId: '0216', id: '0037$1' },
  { vatId: /^SE(\d{10})01$/, schemeId: '0007', id: '$1' },
] as const;

const KVK_SCHEME = '0106';
const MAIL_SCHEME = 'EM';

/**
 * The first that a party has: its KvK number, its VAT id, its e-mail address. The last is in EN 16931's list of
 * schemes and not in Peppol's, whose network can't reach such a party anyway.
 */
export function electronicAddress(party: DocumentParty): ElectronicAddress | null {
  const { registrationNumber, vatId, email, country } = party;
  if (country === 'NL' && registrationNumber !== null && /^\d{8}$/.test(registrationNumber))
    return { schemeId: KVK_SCHEME, id: registrationNumber };
  const byVatId = vatId === null ? null : addressOfVatId(vatId);
  if (byVatId !== null) return byVatId;
  return email === null ? null : { schemeId: MAIL_SCHEME, id: email };
}

function addressOfVatId(vatId: string): ElectronicAddress | null {
  const within = NUMBERS_WITHIN.find((number) => number.vatId.test(vatId));
  if (within !== undefined)
    return { schemeId: within.schemeId, id: vatId.replace(within.vatId, within.id) };
  const schemeId = VAT_SCHEMES[vatId.slice(0, 2)];
  return schemeId === undefined ? null : { schemeId, id: vatId };
}

/** ISO 6523 code of the register a number is from, where the country says it. */
export function registerScheme(party: DocumentParty): string | null {
  return party.country === 'NL' ? KVK_SCHEME : null;
}

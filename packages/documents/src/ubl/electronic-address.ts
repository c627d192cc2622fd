import type { DocumentParty } from '../document.ts';

/** Peppol's electronic address of a party (BT-34, BT-49): an identifier and its scheme in the EAS code list. */
export interface ElectronicAddress {
  readonly schemeId: string;
  readonly id: string;
}

/** EAS schemes of VAT ids and the like, by their first two letters. Finland's takes its number in a form of its own. */
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
  SE: '9955',
  SI: '9949',
  SK: '9950',
};

const KVK_SCHEME = '0106';
const OVT_SCHEME = '0216';
const MAIL_SCHEME = 'EM';

/**
 * The first that a party has: its KvK number, its VAT id, its e-mail address. The last is in EN 16931's list of
 * schemes and not in Peppol's, whose network can't reach such a party anyway.
 */
export function electronicAddress(party: DocumentParty): ElectronicAddress | null {
  const { registrationNumber, vatId, email, country } = party;
  if (country === 'NL' && registrationNumber !== null && /^\d{8}$/.test(registrationNumber))
    return { schemeId: KVK_SCHEME, id: registrationNumber };
  if (vatId !== null) {
    const business = /^FI(\d{8})$/.exec(vatId)?.[1];
    if (business !== undefined) return { schemeId: OVT_SCHEME, id: `0037${business}` };
    const schemeId = VAT_SCHEMES[vatId.slice(0, 2)];
    if (schemeId !== undefined) return { schemeId, id: vatId };
  }
  return email === null ? null : { schemeId: MAIL_SCHEME, id: email };
}

/** ISO 6523 code of the register a number is from, where the country says it. */
export function registerScheme(party: DocumentParty): string | null {
  return party.country === 'NL' ? KVK_SCHEME : null;
}

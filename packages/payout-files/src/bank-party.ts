import { isValidIBAN } from 'ibantools';
import type { BankAddress, BankParty } from './credit-transfer.ts';
import { PayoutFileError } from './payout-file-error.ts';
import type { OrderField } from './payout-file-error.ts';

/** Of SEPA; the schema would take names of 140. */
const MAX_NAME_LENGTH = 70;

/** Of the schemas. */
const maxAddressLengths = { street: 70, postalCode: 16, city: 35 } as const;

/** ISO 9362 as the stricter of the two schemas has it. */
const bicPattern = /^[A-Z]{6}[A-Z2-9][A-NP-Z0-9](?:[A-Z0-9]{3})?$/;

/** Writes a text into the file: checked, transliterated, and noted where that changed it. */
export type TextWriter = (field: string, text: string, maxLength: number) => string;

/** `at` names a field of the party; texts are as they stand in the file. */
export function bankPartyFor(
  party: BankParty,
  write: TextWriter,
  at: (field: string) => OrderField,
): BankParty {
  checkIban(party.iban, at('iban'));
  if (party.bic !== null) checkBic(party.bic, at('bic'));
  return {
    name: write('name', party.name, MAX_NAME_LENGTH),
    iban: party.iban,
    bic: party.bic,
    address: party.address === null ? null : addressFor(party.address, write, at),
  };
}

function addressFor(
  address: BankAddress,
  write: TextWriter,
  at: (field: string) => OrderField,
): BankAddress {
  if (!/^[A-Z]{2}$/.test(address.country)) {
    throw new PayoutFileError(
      'country_invalid',
      at('address.country'),
      `${JSON.stringify(address.country)} must be two capitals (ISO 3166-1), such as NL.`,
    );
  }
  const written = (field: keyof typeof maxAddressLengths, text: string) =>
    write(`address.${field}`, text, maxAddressLengths[field]);
  return {
    street: address.street === null ? null : written('street', address.street),
    postalCode: address.postalCode === null ? null : written('postalCode', address.postalCode),
    city: written('city', address.city),
    country: address.country,
  };
}

function checkIban(iban: string, place: OrderField): void {
  if (/^[A-Z0-9]+$/.test(iban) && isValidIBAN(iban)) return;
  throw new PayoutFileError(
    'iban_invalid',
    place,
    'must be an IBAN with its check digits right, in capitals and without spaces, such as NL91ABNA0417164300.',
  );
}

function checkBic(bic: string, place: OrderField): void {
  if (bicPattern.test(bic)) return;
  throw new PayoutFileError(
    'bic_invalid',
    place,
    `${JSON.stringify(bic)} must be a BIC of 8 or 11 capitals and digits, such as ABNANL2A.`,
  );
}

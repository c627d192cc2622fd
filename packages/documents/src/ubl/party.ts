import { DocumentError } from '../document-error.ts';
import type { DocumentContent } from '../document.ts';
import { plainText } from '../plain-text.ts';
import { electronicAddress, registerScheme } from './electronic-address.ts';

/** `cac:Party`. Throws a `DocumentError` when the party lacks what EN 16931 or Peppol demands. */
export function ublParty(content: DocumentContent, role: 'supplier' | 'customer') {
  const party = content[role];
  const address = electronicAddress(party);
  if (address === null) {
    const message =
      'needs a registration number, a VAT id or an e-mail address (Peppol R010, R020)';
    throw new DocumentError('missing', content, role, message);
  }
  const registration = optionalText(party.registrationNumber);
  return {
    'cbc:EndpointID': { '@schemeID': address.schemeId, '#': address.id },
    'cac:PartyIdentification': identification(content, role),
    'cac:PartyName': { 'cbc:Name': plainText(party.name) },
    'cac:PostalAddress': {
      'cbc:StreetName': optionalText(party.street),
      'cbc:CityName': optionalText(party.city),
      'cbc:PostalZone': optionalText(party.postalCode),
      'cac:Country': { 'cbc:IdentificationCode': party.country },
    },
    'cac:PartyTaxScheme': taxScheme(content, role),
    'cac:PartyLegalEntity': {
      'cbc:RegistrationName': plainText(party.name),
      'cbc:CompanyID':
        registration === null ? null : withScheme(registration, registerScheme(party)),
    },
    'cac:Contact':
      party.email === null ? null : { 'cbc:ElectronicMail': optionalText(party.email) },
  };
}

/** BR-O-02: what is outside the scope of VAT names nobody's VAT id. Otherwise the supplier must have one. */
function taxScheme(content: DocumentContent, role: 'supplier' | 'customer') {
  const { vatId } = content[role];
  if (isOutsideScope(content)) return null;
  if (vatId !== null) return { 'cbc:CompanyID': vatId, 'cac:TaxScheme': { 'cbc:ID': 'VAT' } };
  if (role === 'supplier' || content.vat.some((vat) => vat.treatment === 'reverse_charge')) {
    const message = 'an invoice under this treatment must have it (BR-S-02, BR-E-02, BR-AE-02)';
    throw new DocumentError('missing', content, `${role}.vatId`, message);
  }
  return null;
}

/** BR-CO-26: a seller without VAT id or registration number is known by its tax number or address at least. */
function identification(content: DocumentContent, role: 'supplier' | 'customer') {
  const party = content[role];
  if (role !== 'supplier' || !isOutsideScope(content) || party.registrationNumber !== null)
    return null;
  return { 'cbc:ID': party.vatId ?? party.email };
}

function isOutsideScope(content: DocumentContent): boolean {
  return content.vat.some((vat) => vat.treatment === 'outside_scope');
}

function withScheme(id: string, schemeId: string | null) {
  return schemeId === null ? id : { '@schemeID': schemeId, '#': id };
}

/** An empty element isn't allowed (Peppol R008). */
function optionalText(text: string | null): string | null {
  const plain = text === null ? '' : plainText(text);
  return plain === '' ? null : plain;
}

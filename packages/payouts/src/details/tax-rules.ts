import { isInEu } from './countries.ts';
import type { PayoutDetails } from './payout-details.ts';
import { countryOfVatId, vatIdMistake } from './vat-id.ts';

interface Mistake {
  readonly path: keyof PayoutDetails;
  readonly message: string;
}

/** What doesn't fit the tax profile. */
export function taxMistakes(details: PayoutDetails): readonly Mistake[] {
  switch (details.taxProfile) {
    case 'nl_business':
      return [...inTheNetherlands(details), ...dutchVatId(details, true)];
    case 'nl_small_business':
      return [...inTheNetherlands(details), ...dutchVatId(details, false)];
    case 'private_person':
      return withoutVatId(details);
    case 'eu_business':
      return elsewhereInTheEu(details);
    case 'non_eu_business':
      return outsideTheEu(details);
  }
}

function inTheNetherlands({ country, postalCode, registrationNumber }: PayoutDetails): Mistake[] {
  const mistakes: Mistake[] = [];
  if (country !== 'NL') {
    mistakes.push({ path: 'country', message: 'a Dutch business has its address in NL' });
  } else if (!/^\d{4} ?[A-Z]{2}$/i.test(postalCode)) {
    mistakes.push({ path: 'postalCode', message: 'a Dutch postal code looks like 1012 AB' });
  }
  if (registrationNumber !== null && !/^\d{8}$/.test(registrationNumber)) {
    mistakes.push({ path: 'registrationNumber', message: 'a KvK number has eight digits' });
  }
  return mistakes;
}

function dutchVatId({ vatId }: PayoutDetails, isNeeded: boolean): Mistake[] {
  if (vatId === null) {
    const message =
      'a Dutch business that charges VAT gives its VAT id (btw-id), such as NL000099998B57; one under the small-business scheme is nl_small_business';
    return isNeeded ? [{ path: 'vatId', message }] : [];
  }
  const country = countryOfVatId(vatId);
  if (country !== null && country !== 'NL') {
    const message = `the VAT id of a Dutch business begins with NL; with one of ${country} it is eu_business`;
    return [{ path: 'vatId', message }];
  }
  return vatIdIsRight(vatId);
}

function withoutVatId({ vatId }: PayoutDetails): Mistake[] {
  const message = 'a private person has no VAT id; whoever has one is paid as a business';
  return vatId === null ? [] : [{ path: 'vatId', message }];
}

function elsewhereInTheEu({ vatId, country }: PayoutDetails): Mistake[] {
  if (vatId === null) {
    const message =
      'a business elsewhere in the EU gives its VAT id: the reverse charge needs it (Directive 2006/112 Art. 226)';
    return [{ path: 'vatId', message }];
  }
  const vatCountry = countryOfVatId(vatId);
  if (vatCountry === 'NL') {
    return [{ path: 'vatId', message: 'with a Dutch VAT id it is nl_business' }];
  }
  const mistakes = vatIdIsRight(vatId);
  if (vatCountry !== null && country !== vatCountry) {
    const message = `the VAT id is of ${vatCountry}: give the address there`;
    mistakes.push({ path: 'country', message });
  }
  return mistakes;
}

function outsideTheEu({ country, vatId }: PayoutDetails): Mistake[] {
  const mistakes: Mistake[] = [];
  if (isInEu(country)) {
    const message = `${country} is in the EU: it is ${country === 'NL' ? 'nl_business' : 'eu_business'}`;
    mistakes.push({ path: 'country', message });
  }
  if (vatId !== null && !/^[A-Z0-9]{4,20}$/.test(vatId)) {
    mistakes.push({ path: 'vatId', message: 'a VAT id has 4 to 20 letters and digits' });
  }
  return mistakes;
}

function vatIdIsRight(vatId: string): Mistake[] {
  const message = vatIdMistake(vatId);
  return message === null ? [] : [{ path: 'vatId', message }];
}

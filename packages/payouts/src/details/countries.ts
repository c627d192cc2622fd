import { getCountrySpecifications, isSEPACountry } from 'ibantools';

/** The member states of the European Union. */
const EU = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

/** Of the European Economic Area, but not of the Union. */
const EEA_ONLY = new Set(['IS', 'LI', 'NO']);

/** In SEPA since 2024 and 2025 (EPC409-09); ibantools doesn't list them yet. */
const JOINED_SEPA = new Set(['AL', 'MD', 'ME', 'MK', 'RS']);

/** Countries whose IBANs also belong to banks that have the BIC of a territory (EPC409-09). */
const TERRITORIES: Readonly<Record<string, readonly string[]>> = {
  FR: ['BL', 'GF', 'GP', 'MF', 'MQ', 'NC', 'PF', 'PM', 'RE', 'TF', 'WF', 'YT'],
  GB: ['GG', 'IM', 'JE'],
};

/** ISO 3166-1 alpha-2, and XK as banks use it. */
export function isCountry(code: string): boolean {
  return Object.hasOwn(getCountrySpecifications(), code);
}

export function isInEu(country: string): boolean {
  return EU.has(country);
}

export function isInSepa(country: string): boolean {
  return JOINED_SEPA.has(country) || isSEPACountry(country);
}

/** Outside the EEA a bank is not found by the IBAN alone (Regulation (EU) 260/2012 binds only inside). */
export function needsBic(ibanCountry: string): boolean {
  return !EU.has(ibanCountry) && !EEA_ONLY.has(ibanCountry);
}

/** Whether a bank with a BIC of `bicCountry` can hold accounts with IBANs of `ibanCountry`. */
export function canBelongTo(ibanCountry: string, bicCountry: string): boolean {
  return bicCountry === ibanCountry || (TERRITORIES[ibanCountry] ?? []).includes(bicCountry);
}

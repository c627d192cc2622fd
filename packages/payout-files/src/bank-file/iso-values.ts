import { currencySchema } from '@provisie/domain';
import type { Cents } from '@provisie/domain';
import type { BankTime } from './bank-report.ts';
import { bankTimeIn, centsIn } from './bank-values.ts';
import type { Findings } from './findings.ts';
import { elementAt, elementsAt, placeOf, textAt } from './xml-tree.ts';
import type { XmlElement } from './xml-tree.ts';

/** Names of the elements that the functions here read. */
export const valueElements = ['Cd', 'Prtry', 'AddtlInf', 'Rsn', 'Dt', 'DtTm'] as const;

export interface Amount {
  readonly amountCents: Cents | null;
  readonly currency: string | null;
}

export const noAmount: Amount = { amountCents: null, currency: null };

/** An amount with its `Ccy`; a mistake where it can't be read. */
export function amountIn(element: XmlElement, findings: Findings): Amount {
  const amountCents = centsIn(element.text);
  const currency = element.attributes.get('Ccy') ?? '';
  if (amountCents === null) {
    findings.mistake(
      placeOf(element),
      `Amount ${JSON.stringify(element.text)} can't be read.`,
      'an amount above zero with a dot and no grouping, such as 1234.50',
    );
  }
  if (!currencySchema.safeParse(currency).success) {
    const problem = `${JSON.stringify(currency)} is no currency.`;
    findings.mistake(placeOf(element), problem, 'a Ccy such as EUR');
  }
  return { amountCents, currency };
}

/** `<Dt>` or `<DtTm>` in the element. */
export function timeIn(element: XmlElement | null, findings: Findings): BankTime | null {
  const stamp = element === null ? null : (elementAt(element, 'Dt') ?? elementAt(element, 'DtTm'));
  return stamp === null ? null : stampIn(stamp, findings);
}

export function stampIn(element: XmlElement, findings: Findings): BankTime | null {
  const time = bankTimeIn(element.text);
  if (time === null) {
    const problem = `Date ${JSON.stringify(element.text)} can't be read.`;
    findings.mistake(placeOf(element), problem, 'a day or time of ISO 8601, such as 2026-12-01');
  }
  return time;
}

/** A number of payments; null where there is none. */
export function countAt(element: XmlElement, name: string): number | null {
  const text = textAt(element, name);
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** `AC04: account closed`, of each `StsRsnInf` or `RtrInf`. */
export function reasonIn(reasons: readonly XmlElement[]): string | null {
  const texts = reasons.map((reason) => {
    const code = textAt(reason, 'Rsn', 'Cd') ?? textAt(reason, 'Rsn', 'Prtry');
    const remarks = elementsAt(reason, 'AddtlInf').map(({ text }) => text);
    return [code, remarks.join(' ')].filter(Boolean).join(': ');
  });
  return texts.filter(Boolean).join('; ') || null;
}

import type { DocumentContent, VatTreatment } from './document.ts';
import { WORDS } from './words.ts';

/** A document about what was never invoiced: a private person's. It bears no words of an invoice. */
export function isStatement(content: DocumentContent): boolean {
  return content.lines.every((line) => line.treatment === 'no_vat');
}

export function documentTitle(content: DocumentContent): string {
  const words = WORDS[content.language];
  if (content.kind === 'credit_note' && isStatement(content)) return words.statementCorrection;
  return words.title[content.kind];
}

/** What the law wants to see on the document, in its order of weight. */
export function legalRemarks(content: DocumentContent): readonly string[] {
  const words = WORDS[content.language];
  if (isStatement(content)) return [words.noInvoice];
  return [
    `${words.selfBilling}.`,
    ...content.vat.flatMap((vat) => vatRemark(content, vat.treatment) ?? []),
    words.drawnUpBy(content.customer.name, content.supplier.name),
  ];
}

/** Why no VAT is on it, which is also EN 16931's exemption reason (BT-120); null where there is VAT. */
export function vatRemark(content: DocumentContent, treatment: VatTreatment): string | null {
  if (treatment === 'standard' || treatment === 'no_vat') return null;
  return WORDS[content.language].remark[treatment];
}

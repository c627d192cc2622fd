import type { DocumentContent } from '@provisie/documents';
import {
  linesOfDocument,
  signOf,
  streams,
  taxedLines,
  type FactOfType,
  type TaxedLine,
} from '@provisie/domain';
import { PayoutError } from '../errors.ts';
import { factsIn } from '../log.ts';
import type { PayoutPorts } from '../ports.ts';
import { openParties } from './parties.ts';

/** All that stands on a document, as it was issued. */
export async function documentContent(
  { store, vault }: Pick<PayoutPorts, 'store' | 'vault'>,
  { partnerId, documentId }: { readonly partnerId: string; readonly documentId: string },
): Promise<DocumentContent> {
  const facts = await factsIn(store, streams.payouts(partnerId));
  const issued = facts.find(
    (fact): fact is FactOfType<'DocumentIssued'> =>
      fact.type === 'DocumentIssued' && fact.data.documentId === documentId,
  );
  if (issued === undefined) {
    throw new PayoutError('document_unknown', `There is no document ${documentId}.`);
  }
  const { data } = issued;
  const { supplier, customer, accountMasked } = await openParties(vault, data.parties);
  const orders = ordersOf(linesOfDocument(data, taxedLines(data.payoutId, facts)), signOf(data));
  const { kind, number, issueDate, periodEnd, language, currency, payoutId, corrects } = data;
  const { lines, vat, netCents, vatCents, totalCents } = data;
  return {
    kind,
    number,
    issueDate,
    periodEnd,
    language,
    currency,
    payoutId,
    corrects,
    lines,
    vat,
    netCents,
    vatCents,
    totalCents,
    supplier,
    customer,
    accountMasked,
    orders,
  };
}

/** Each once: what is taken back of one may have been paid by several payouts. */
function ordersOf(lines: readonly TaxedLine[], sign: 1 | -1): DocumentContent['orders'] {
  const orders = new Map<string, DocumentContent['orders'][number]>();
  for (const { orderId, programmeId, amountCents } of lines) {
    const netCents = (orders.get(orderId)?.netCents ?? 0) + amountCents * sign;
    orders.set(orderId, { orderId, programmeId, netCents });
  }
  return [...orders.values()];
}

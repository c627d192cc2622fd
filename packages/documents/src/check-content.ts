import { shareOf } from '@provisie/domain';
import type { Cents } from '@provisie/domain';
import { DocumentError } from './document-error.ts';
import type { DocumentContent, VatTreatment } from './document.ts';

/**
 * Throws a `DocumentError` unless every sum adds up, so that no document can disagree with itself:
 * lines → net, lines → VAT groups, VAT of each group, VAT groups → VAT, net + VAT → total, orders → lines.
 * An empty list of orders means a document without a specification.
 */
export function checkContent(content: DocumentContent): void {
  checkTreatments(content);
  checkLines(content);
  checkVatGroups(content);
  checkTotals(content);
  if (content.orders.length > 0) checkOrders(content);
}

function checkTreatments(content: DocumentContent): void {
  const treatments = new Set(content.lines.map((line) => line.treatment));
  for (const [index, line] of content.lines.entries()) {
    const refuse = (message: string) => {
      throw new DocumentError('not_allowed', content, `lines[${index}].treatment`, message);
    };
    if (content.kind === 'payout_statement' && line.treatment !== 'no_vat')
      refuse('a payout statement is for private persons, so only no_vat can stand on it');
    if (content.kind === 'self_billing_invoice' && line.treatment === 'no_vat')
      refuse('a private person gets a payout statement, not an invoice');
    if (treatments.size > 1 && standsAlone(line.treatment))
      refuse(`${line.treatment} can't share a document with other treatments`);
  }
}

/** EN 16931 BR-O-11 to -14: what is outside the scope of VAT has an invoice of its own. */
function standsAlone(treatment: VatTreatment): boolean {
  return treatment === 'outside_scope' || treatment === 'no_vat';
}

function checkLines(content: DocumentContent): void {
  if (content.lines.length === 0)
    throw new DocumentError('missing', content, 'lines', 'there must be at least one line');
  for (const [index, line] of content.lines.entries()) {
    if (line.netCents < 0 && content.kind !== 'payout_statement') {
      const message = `${line.netCents} is negative; what is owed the other way goes on a credit note`;
      throw new DocumentError('not_allowed', content, `lines[${index}].netCents`, message);
    }
    if (line.treatment !== 'standard' && line.rateBps !== 0) {
      const message = `${line.rateBps} must be 0, since ${line.treatment} bears no VAT on this document`;
      throw new DocumentError('not_allowed', content, `lines[${index}].rateBps`, message);
    }
  }
}

function checkVatGroups(content: DocumentContent): void {
  const netByGroup = new Map<string, Cents>();
  for (const line of content.lines) {
    const group = groupOf(line);
    netByGroup.set(group, (netByGroup.get(group) ?? 0) + line.netCents);
  }
  for (const [index, vat] of content.vat.entries()) {
    const group = groupOf(vat);
    checkSum(content, `vat[${index}].netCents`, vat.netCents, netByGroup.get(group));
    netByGroup.delete(group);
    const due = vat.treatment === 'standard' ? shareOf(vat.netCents, vat.rateBps) : 0;
    checkSum(content, `vat[${index}].vatCents`, vat.vatCents, due);
  }
  for (const group of netByGroup.keys())
    throw new DocumentError('sums_differ', content, 'vat', `the lines of ${group} are in no group`);
}

function groupOf(part: { readonly treatment: VatTreatment; readonly rateBps: number }): string {
  return `${part.treatment} at ${part.rateBps} basis points`;
}

function checkTotals(content: DocumentContent): void {
  checkSum(content, 'netCents', content.netCents, sum(content.lines, 'netCents'));
  checkSum(content, 'vatCents', content.vatCents, sum(content.vat, 'vatCents'));
  checkSum(content, 'totalCents', content.totalCents, content.netCents + content.vatCents);
}

function checkOrders(content: DocumentContent): void {
  const specified = totalsByProgramme(content.orders.map((order) => ({ ...order, orders: 1 })));
  for (const [programmeId, line] of totalsByProgramme(content.lines)) {
    const orders = specified.get(programmeId);
    const path = `orders of ${programmeId}`;
    checkSum(content, `${path}: netCents`, orders?.netCents ?? 0, line.netCents);
    checkSum(content, `${path}: count`, orders?.orders ?? 0, line.orders);
    specified.delete(programmeId);
  }
  for (const programmeId of specified.keys()) {
    const message = 'there is no line of this programme';
    throw new DocumentError('sums_differ', content, `orders of ${programmeId}`, message);
  }
}

interface ProgrammeTotal {
  readonly programmeId: string;
  readonly netCents: Cents;
  readonly orders: number;
}

function totalsByProgramme(parts: readonly ProgrammeTotal[]): Map<string, ProgrammeTotal> {
  const totals = new Map<string, ProgrammeTotal>();
  for (const { programmeId, netCents, orders } of parts) {
    const before = totals.get(programmeId);
    totals.set(programmeId, {
      programmeId,
      netCents: netCents + (before?.netCents ?? 0),
      orders: orders + (before?.orders ?? 0),
    });
  }
  return totals;
}

function sum<K extends string>(parts: readonly Readonly<Record<K, Cents>>[], key: K): Cents {
  return parts.reduce((total, part) => total + part[key], 0);
}

function checkSum(
  content: DocumentContent,
  path: string,
  stated: Cents,
  computed: Cents | undefined,
): void {
  if (stated === computed) return;
  const message =
    computed === undefined
      ? 'no line belongs to it'
      : `is ${stated}, but its parts make ${computed}`;
  throw new DocumentError('sums_differ', content, path, message);
}

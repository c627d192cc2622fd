import type { Fact, FactOfType } from '../event-catalogue.ts';
import type { DocumentKind } from '../events/document-events.ts';
import type { PayoutLine } from '../events/payout-events.ts';
import type { Cents } from '../money.ts';
import { compareIds } from '../order-of.ts';
import type { ScheduledFact } from '../history/payout-history.ts';
import { payoutStates } from './payout-states.ts';
import type { VatTreatment } from './tax.ts';
import { vatParts } from './vat.ts';

export type DocumentFact = FactOfType<'DocumentIssued'>;
export type DocumentAbout = DocumentFact['data']['about'];

/** How an order was taxed when it was paid, and in which payout. */
export interface PaidAs {
  readonly payoutId: string;
  readonly treatment: VatTreatment;
  readonly rateBps: number;
}

/** Per order the last payout of the partner that paid it and was neither cancelled nor failed. */
export function paidAsOf(facts: Iterable<Fact>): ReadonlyMap<string, PaidAs> {
  const paid = new Map<string, PaidAs>();
  for (const { payoutId, status, lines, vat } of payoutStates(facts)) {
    const part = vat.find(({ kind }) => kind === 'invoiced');
    if (part === undefined || status === 'cancelled' || status === 'failed') continue;
    const { treatment, rateBps } = part;
    for (const { orderId, amountCents } of lines) {
      if (amountCents > 0) paid.set(orderId, { payoutId, treatment, rateBps });
    }
  }
  return paid;
}

/** A line of a payout and how it is taxed. */
export interface TaxedLine extends PayoutLine {
  readonly treatment: VatTreatment;
  readonly rateBps: number;
  /** The payout that paid what this line takes back. */
  readonly paidIn: string | null;
}

/** What a document that is due will say; its number, date and parties are still to be given. */
export interface DueDocument {
  readonly kind: DocumentKind;
  readonly about: DocumentAbout;
  readonly series: 'invoices' | 'statements';
  readonly corrects: readonly { readonly number: string; readonly issueDate: string }[];
  /** As they stand in the payout; a credit note shows them with the sign turned. */
  readonly lines: readonly TaxedLine[];
  /** On the document: a credit note's are positive. */
  readonly vat: DocumentFact['data']['vat'];
  readonly netCents: Cents;
  readonly vatCents: Cents;
  readonly totalCents: Cents;
}

/**
 * The documents that a payout still needs, given all facts of the partner's payouts: an invoice for what it pays and
 * a credit note for what it takes back, or one statement where there is no VAT to speak of; and, when invoices
 * were out and the payout came to nothing after all, a credit note for all of it.
 */
export function documentsDue(payoutId: string, facts: readonly Fact[]): readonly DueDocument[] {
  const payout = payoutStates(facts).find((state) => state.payoutId === payoutId);
  if (payout === undefined) return [];
  const issued = facts.filter((fact): fact is DocumentFact => fact.type === 'DocumentIssued');
  const own = issued.filter((fact) => fact.data.payoutId === payoutId);
  const lines = taxedLines(payoutId, facts);
  if (payout.status === 'cancelled' || payout.status === 'failed') return reversal(lines, own);
  if (own.length > 0) return [];
  const ofKind = (kind: DocumentKind) => lines.filter((line) => kindOf(line) === kind);
  const credited = ofKind('credit_note');
  return [
    ...document('self_billing_invoice', 'commissions', ofKind('self_billing_invoice'), []),
    ...document('credit_note', 'clawbacks', credited, correctedBy(credited, issued)),
    ...document('payout_statement', 'commissions', ofKind('payout_statement'), []),
  ];
}

/** The lines of a payout, what it takes back taxed as it was when it was paid. */
export function taxedLines(payoutId: string, facts: readonly Fact[]): readonly TaxedLine[] {
  const scheduled = facts.find(
    (fact): fact is ScheduledFact =>
      fact.type === 'PayoutScheduled' && fact.data.payoutId === payoutId,
  );
  if (scheduled === undefined) return [];
  const before = facts.filter((fact) => fact.position < scheduled.position);
  const paid = paidAsOf(before);
  const now = scheduled.data.vat.find(({ kind }) => kind === 'invoiced');
  return scheduled.data.lines.map((line) => {
    const taken = line.amountCents < 0 ? paid.get(line.orderId) : undefined;
    const { treatment, rateBps } = taken ?? now ?? { treatment: 'no_vat', rateBps: 0 };
    return Object.assign({ treatment, rateBps, paidIn: taken?.payoutId ?? null }, line);
  });
}

/** The lines of the payout that a document is about. */
export function linesOfDocument(
  { kind, about }: Pick<DocumentFact['data'], 'kind' | 'about'>,
  lines: readonly TaxedLine[],
): readonly TaxedLine[] {
  return about === 'reversal'
    ? lines.filter((line) => kindOf(line) !== 'payout_statement')
    : lines.filter((line) => kindOf(line) === kind);
}

/** `woonblog-0001`, `woonblog-S0001`: each partner has a series of their own, without gaps. */
export function documentNumber(
  partnerId: string,
  series: DueDocument['series'],
  facts: Iterable<Fact>,
): string {
  let issued = 0;
  for (const fact of facts) {
    if (fact.type === 'DocumentIssued' && seriesOf(fact.data.kind) === series) issued += 1;
  }
  return `${partnerId}-${series === 'statements' ? 'S' : ''}${String(issued + 1).padStart(4, '0')}`;
}

function kindOf({ treatment, amountCents }: TaxedLine): DocumentKind {
  if (treatment === 'no_vat') return 'payout_statement';
  return amountCents < 0 ? 'credit_note' : 'self_billing_invoice';
}

function seriesOf(kind: DocumentKind): DueDocument['series'] {
  return kind === 'payout_statement' ? 'statements' : 'invoices';
}

function reversal(
  lines: readonly TaxedLine[],
  own: readonly DocumentFact[],
): readonly DueDocument[] {
  const invoices = own.filter((fact) => seriesOf(fact.data.kind) === 'invoices');
  if (invoices.length === 0 || own.some((fact) => fact.data.about === 'reversal')) return [];
  const about = 'reversal';
  const reversed = linesOfDocument({ kind: 'credit_note', about }, lines);
  const vat = invoices.flatMap(({ data }) =>
    data.kind === 'credit_note' ? data.vat.map(turned) : data.vat,
  );
  return [withTotals('credit_note', about, reversed, vat, invoices.map(referenceTo))];
}

function document(
  kind: DocumentKind,
  about: DocumentAbout,
  lines: readonly TaxedLine[],
  corrects: DueDocument['corrects'],
): readonly DueDocument[] {
  if (lines.length === 0) return [];
  const vat = vatParts(lines).map(({ treatment, rateBps, netCents, vatCents }) => {
    const part = { treatment, rateBps, netCents, vatCents };
    return kind === 'credit_note' ? turned(part) : part;
  });
  return [withTotals(kind, about, lines, vat, corrects)];
}

/** With the other sign, and no negative zero. */
function turned(part: DueDocument['vat'][number]): DueDocument['vat'][number] {
  return { ...part, netCents: 0 - part.netCents, vatCents: 0 - part.vatCents };
}

function withTotals(
  kind: DocumentKind,
  about: DocumentAbout,
  lines: readonly TaxedLine[],
  parts: DueDocument['vat'],
  corrects: DueDocument['corrects'],
): DueDocument {
  const vat = perRate(parts);
  const netCents = vat.reduce((sum, part) => sum + part.netCents, 0);
  const vatCents = vat.reduce((sum, part) => sum + part.vatCents, 0);
  const totalCents = netCents + vatCents;
  return {
    kind,
    about,
    series: seriesOf(kind),
    corrects,
    lines,
    vat,
    netCents,
    vatCents,
    totalCents,
  };
}

function perRate(parts: DueDocument['vat']): DueDocument['vat'] {
  const rates = new Map<string, DueDocument['vat'][number]>();
  for (const part of parts) {
    const key = `${part.treatment} ${part.rateBps}`;
    const known = rates.get(key) ?? { ...part, netCents: 0, vatCents: 0 };
    const netCents = known.netCents + part.netCents;
    rates.set(key, { ...known, netCents, vatCents: known.vatCents + part.vatCents });
  }
  return [...rates].sort(([one], [other]) => compareIds(one, other)).map(([, part]) => part);
}

/** The invoices in which what is taken back was paid. */
function correctedBy(
  lines: readonly TaxedLine[],
  issued: readonly DocumentFact[],
): DueDocument['corrects'] {
  const paidIn = new Set(lines.map((line) => line.paidIn));
  return issued
    .filter((fact) => fact.data.kind === 'self_billing_invoice' && paidIn.has(fact.data.payoutId))
    .map(referenceTo);
}

function referenceTo({ data }: DocumentFact): DueDocument['corrects'][number] {
  return { number: data.number, issueDate: data.issueDate };
}

import type { Fact, FactOfType } from '../event-catalogue.ts';
import type { DocumentKind } from '../events/document-events.ts';
import type { PayoutLine } from '../events/payout-events.ts';
import type { Cents } from '../money.ts';
import { compareIds } from '../order-of.ts';
import type { ScheduledFact } from '../history/payout-history.ts';
import { payoutStates } from './payout-states.ts';
import { paidPartsOf, taxedParts } from './paid-parts.ts';
import type { TaxedPart } from './paid-parts.ts';
import { taxedAs, vatParts } from './vat.ts';

export type DocumentFact = FactOfType<'DocumentIssued'>;
export type DocumentAbout = DocumentFact['data']['about'];

/** A line of a payout, or the part of one that is taxed alike. */
export interface TaxedLine extends PayoutLine, TaxedPart {
  readonly amountCents: Cents;
}

/** What a document that is due will say; its number, date and parties are still to be given. */
export interface DueDocument {
  /** Tells it from the other documents of the payout. */
  readonly key: string;
  readonly kind: DocumentKind;
  readonly about: DocumentAbout;
  readonly series: 'invoices' | 'statements';
  readonly corrects: readonly { readonly number: string; readonly issueDate: string }[];
  /** As they stand in the payout; `signOf` turns them into what the document shows. */
  readonly lines: readonly TaxedLine[];
  /** On the document: never negative but on a statement. */
  readonly vat: DocumentFact['data']['vat'];
  readonly netCents: Cents;
  readonly vatCents: Cents;
  readonly totalCents: Cents;
}

/**
 * The documents that a payout still needs, given all facts of the partner's payouts: an invoice for what it pays and
 * a credit note per way of being taxed for what it takes back, or a statement where there is no VAT to speak of;
 * and, when the payout came to nothing after they were out, for each of them its opposite.
 */
export function documentsDue(payoutId: string, facts: readonly Fact[]): readonly DueDocument[] {
  const payout = payoutStates(facts).find((state) => state.payoutId === payoutId);
  if (payout === undefined) return [];
  const issued = facts.filter((fact): fact is DocumentFact => fact.type === 'DocumentIssued');
  const own = issued.filter((fact) => fact.data.payoutId === payoutId);
  const lines = taxedLines(payoutId, facts);
  if (payout.status === 'cancelled' || payout.status === 'failed') return reversals(lines, own);
  if (own.length > 0) return [];
  const groups = Map.groupBy(lines, (line) => `${kindOf(line)} ${line.treatment} ${line.rateBps}`);
  return [...groups]
    .sort(([one], [other]) => compareIds(other, one))
    .flatMap(([key, group]) => {
      const [first] = group;
      return first === undefined ? [] : [firstDocument(key, kindOf(first), group, issued)];
    });
}

/** The lines of a payout, what it takes back taxed as it was when it was paid. */
export function taxedLines(payoutId: string, facts: readonly Fact[]): readonly TaxedLine[] {
  const scheduled = facts.find(
    (fact): fact is ScheduledFact =>
      fact.type === 'PayoutScheduled' && fact.data.payoutId === payoutId,
  );
  if (scheduled === undefined) return [];
  const before = facts.filter((fact) => fact.position < scheduled.position);
  const paid = paidPartsOf(before);
  const { taxProfile, vat, lines } = scheduled.data;
  const now =
    vat.find(({ kind }) => kind === 'invoiced') ?? taxedAs(taxProfile, scheduled.occurredAt);
  return lines.flatMap((line) =>
    taxedParts(line.amountCents, paid.get(line.orderId) ?? [], now).map((part) =>
      Object.assign({}, line, part),
    ),
  );
}

type Described = Pick<DocumentFact['data'], 'kind' | 'about' | 'vat'>;

/** The lines of the payout that a document is about. */
export function linesOfDocument(
  document: Described,
  lines: readonly TaxedLine[],
): readonly TaxedLine[] {
  const kind = firstKind(document);
  return lines.filter(
    (line) =>
      kindOf(line) === kind &&
      document.vat.some(
        ({ treatment, rateBps }) => treatment === line.treatment && rateBps === line.rateBps,
      ),
  );
}

/** −1 where a document shows the lines of the payout with the sign turned: what was taken back. */
export function signOf(document: Pick<Described, 'kind' | 'about'>): 1 | -1 {
  return firstKind(document) === 'credit_note' ? -1 : 1;
}

/** Of the document itself, or of the one that it undoes. */
function firstKind({ kind, about }: Pick<Described, 'kind' | 'about'>): DocumentKind {
  return about === 'reversal' ? oppositeOf(kind) : kind;
}

function oppositeOf(kind: DocumentKind): DocumentKind {
  return kind === 'credit_note' ? 'self_billing_invoice' : 'credit_note';
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

function firstDocument(
  key: string,
  kind: DocumentKind,
  lines: readonly TaxedLine[],
  issued: readonly DocumentFact[],
): DueDocument {
  const isCredit = kind === 'credit_note';
  const about = isCredit ? 'clawbacks' : 'commissions';
  const corrects = isCredit ? correctedBy(lines, issued) : [];
  return withTotals({ key, kind, about, corrects, lines, vat: vatOfDocument(kind, lines) });
}

function vatOfDocument(kind: DocumentKind, lines: readonly TaxedLine[]): DueDocument['vat'] {
  const parts = new Map<string, DueDocument['vat'][number]>();
  for (const { treatment, rateBps, netCents, vatCents } of vatParts(lines)) {
    const key = `${treatment} ${rateBps}`;
    const known = parts.get(key) ?? { treatment, rateBps, netCents: 0, vatCents: 0 };
    // Subtracted from zero rather than negated, which would make a negative zero.
    const part =
      kind === 'credit_note'
        ? { netCents: 0 - netCents, vatCents: 0 - vatCents }
        : { netCents, vatCents };
    parts.set(key, {
      ...known,
      netCents: known.netCents + part.netCents,
      vatCents: known.vatCents + part.vatCents,
    });
  }
  return [...parts.values()];
}

/** A credit note for each invoice that was out, an invoice for each credit note. */
function reversals(
  lines: readonly TaxedLine[],
  own: readonly DocumentFact[],
): readonly DueDocument[] {
  const undone = new Set(
    own.flatMap(({ data }) =>
      data.about === 'reversal' ? data.corrects.map(({ number }) => number) : [],
    ),
  );
  return own
    .filter(({ data }) => data.about !== 'reversal' && seriesOf(data.kind) === 'invoices')
    .filter(({ data }) => !undone.has(data.number))
    .map((fact) => {
      const { kind, vat, number } = fact.data;
      return withTotals({
        key: `reversal of ${number}`,
        kind: oppositeOf(kind),
        about: 'reversal',
        corrects: [referenceTo(fact)],
        lines: linesOfDocument(fact.data, lines),
        vat,
      });
    });
}

function withTotals(
  document: Omit<DueDocument, 'series' | 'netCents' | 'vatCents' | 'totalCents'>,
): DueDocument {
  const netCents = document.vat.reduce((sum, part) => sum + part.netCents, 0);
  const vatCents = document.vat.reduce((sum, part) => sum + part.vatCents, 0);
  const series = seriesOf(document.kind);
  return { ...document, series, netCents, vatCents, totalCents: netCents + vatCents };
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

import {
  dayOf,
  dayText,
  documentNumber,
  documentsDue,
  signOf,
  newFact,
  streams,
  type DueDocument,
  type Fact,
  type FactOfType,
  type Instant,
  type MerchantDetails,
  type NewFact,
  type TaxedLine,
} from '@provisie/domain';
import { eventIdOf, type EventStore } from '@provisie/event-store';
import type { Vault } from '@provisie/privacy';
import { openPayoutDetails } from '../details/sealed-details.ts';
import type { PayoutDetails } from '../details/payout-details.ts';
import { PayoutError } from '../errors.ts';
import { factOf, factsIn } from '../log.ts';
import { runOf } from '../runs/run-log.ts';
import { openParties, partiesOf, sealParties } from './parties.ts';
import type { Parties } from './parties.ts';

/** What documents are made with; opened once for many payouts. */
export interface DocumentDesk {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly now: () => Instant;
  /** Rejects with `merchant_unknown` while nobody has said who pays. */
  readonly merchant: () => Promise<MerchantDetails>;
  /** The name of a programme; its id where it has none. */
  readonly programmeName: (programmeId: string) => Promise<string>;
  /** What a run paid was payable by then. */
  readonly cutOffOf: (runId: string) => Promise<Instant>;
}

/** Reads what doesn't change in between once. */
export function openDocumentDesk({
  store,
  vault,
  now,
}: Pick<DocumentDesk, 'store' | 'vault' | 'now'>): DocumentDesk {
  let known: Promise<MerchantDetails> | null = null;
  const merchant = () => (known ??= merchantOf(store));
  const programmeName = readOnce((programmeId) => nameOfProgramme(store, programmeId));
  const cutOffOf = readOnce(async (runId) => (await runOf(store, runId)).cutOff);
  return { store, vault, now, merchant, programmeName, cutOffOf };
}

function readOnce<Value>(read: (name: string) => Promise<Value>): (name: string) => Promise<Value> {
  const known = new Map<string, Promise<Value>>();
  return (name) => {
    const value = known.get(name) ?? read(name);
    known.set(name, value);
    return value;
  };
}

async function merchantOf(store: EventStore): Promise<MerchantDetails> {
  const facts = await factsIn(store, streams.merchant);
  const last = facts.findLast((fact) => fact.type === 'MerchantDetailsChanged');
  if (last !== undefined) return last.data;
  throw new PayoutError(
    'merchant_unknown',
    'Say first who pays: name, address, VAT id and bank account of the merchant (PUT /v1/merchant).',
  );
}

async function nameOfProgramme(store: EventStore, programmeId: string): Promise<string> {
  const facts = await factsIn(store, streams.programme(programmeId));
  const opened = facts.find((fact) => fact.type === 'ProgrammeOpened');
  return opened?.data.name ?? programmeId;
}

/**
 * The events that issue what documents a payout still needs, numbered after those in `facts`, which are all of the
 * partner's payouts: to be appended together with what made them due, on condition that nothing came between.
 */
export async function documentEvents(
  desk: DocumentDesk,
  facts: readonly Fact[],
  payoutId: string,
): Promise<readonly NewFact[]> {
  const due = documentsDue(payoutId, facts);
  if (due.length === 0) return [];
  const scheduled = scheduledOf(facts, payoutId);
  const parties = await partiesFor(desk, facts, scheduled);
  const events: NewFact[] = [];
  const numbered = [...facts];
  for (const document of due) {
    const event = await issue(desk, scheduled, parties, document, numbered);
    events.push(event);
    numbered.push({ ...event, recordedAt: 0, position: Number.MAX_SAFE_INTEGER });
  }
  return events;
}

type Scheduled = FactOfType<'PayoutScheduled'>;

function scheduledOf(facts: readonly Fact[], payoutId: string): Scheduled {
  const scheduled = facts.find(
    (fact): fact is Scheduled => fact.type === 'PayoutScheduled' && fact.data.payoutId === payoutId,
  );
  if (scheduled === undefined) {
    throw new PayoutError('payout_unknown', `There is no payout ${payoutId}.`);
  }
  return scheduled;
}

/** A further document of a payout names whom the first one named, also when their data were erased since. */
async function partiesFor(
  { vault, store, merchant }: DocumentDesk,
  facts: readonly Fact[],
  { data }: Scheduled,
): Promise<Parties> {
  const first = facts.find(
    (fact) => fact.type === 'DocumentIssued' && fact.data.payoutId === data.payoutId,
  );
  if (first?.type === 'DocumentIssued') return openParties(vault, first.data.parties);
  return partiesOf(await merchant(), await detailsOf({ store, vault }, data));
}

/** Where a payout goes: as the details were when it was scheduled, whatever was changed since. */
export async function detailsOf(
  { store, vault }: Pick<DocumentDesk, 'store' | 'vault'>,
  {
    partnerId,
    payoutDetailsId,
    payoutId,
  }: Pick<Scheduled['data'], 'partnerId' | 'payoutDetailsId' | 'payoutId'>,
): Promise<PayoutDetails> {
  const changed = await factOf(store, streams.partner(partnerId), payoutDetailsId);
  const details =
    changed?.type === 'PayoutDetailsChanged'
      ? await openPayoutDetails(vault, changed.data.details)
      : null;
  if (details !== null) return details;
  throw new PayoutError(
    'details_erased',
    `The payout details of partner ${partnerId} were erased, so payout ${payoutId} can’t be made out. Cancel it.`,
  );
}

async function issue(
  desk: DocumentDesk,
  { data: payout }: Scheduled,
  parties: Parties,
  due: DueDocument,
  facts: readonly Fact[],
): Promise<NewFact<'DocumentIssued'>> {
  const { partnerId, payoutId, currency } = payout;
  const occurredAt = desk.now();
  const number = documentNumber(partnerId, due.series, facts);
  const id = eventIdOf('DocumentIssued', payoutId, due.key);
  return newFact('DocumentIssued', {
    id,
    occurredAt,
    data: {
      documentId: id.replaceAll('-', ''),
      number,
      partnerId,
      payoutId,
      currency,
      kind: due.kind,
      about: due.about,
      language: parties.language,
      issueDate: dayText(dayOf(occurredAt)),
      periodEnd: dayText(dayOf(await desk.cutOffOf(payout.runId))),
      corrects: [...due.corrects],
      lines: await documentLines(desk, due),
      vat: [...due.vat],
      netCents: due.netCents,
      vatCents: due.vatCents,
      totalCents: due.totalCents,
      parties: await sealParties(desk.vault, partnerId, parties),
    },
  });
}

/** One line per programme and way of being taxed, in the order of their names. */
async function documentLines(
  { programmeName }: DocumentDesk,
  due: DueDocument,
): Promise<FactOfType<'DocumentIssued'>['data']['lines']> {
  const sign = signOf(due);
  const groups = Map.groupBy(due.lines, groupOf);
  const described = await Promise.all(
    [...groups.values()].map(async ([first, ...others]) => {
      if (first === undefined) return [];
      const { programmeId, treatment, rateBps } = first;
      const all = [first, ...others];
      const netCents = all.reduce((sum, line) => sum + line.amountCents * sign, 0);
      const programmeNameText = await programmeName(programmeId);
      return [
        {
          programmeId,
          programmeName: programmeNameText,
          treatment,
          rateBps,
          orders: new Set(all.map((line) => line.orderId)).size,
          netCents,
        },
      ];
    }),
  );
  return described.flat().sort((a, b) => (groupOf(a) < groupOf(b) ? -1 : 1));
}

function groupOf(line: Pick<TaxedLine, 'programmeId' | 'treatment' | 'rateBps'>): string {
  return `${line.programmeId} ${line.treatment} ${line.rateBps}`;
}

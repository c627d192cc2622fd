import { dayOf, type Cents, type Instant, type PayoutView } from '@provisie/domain';
import pMap from 'p-map';
import { untilCaughtUp } from '../caught-up.ts';
import { openDocumentDesk } from '../documents/issue-documents.ts';
import { PayoutError } from '../errors.ts';
import type { Mistake } from '../errors.ts';
import type { PayoutPorts } from '../ports.ts';
import { endPayout, findPayout, isRecorded, refusalOf } from './end-payout.ts';
import type { PayoutEnd, PayoutName } from './end-payout.ts';

/** What somebody says the bank did with a payout. */
export interface Confirmation {
  readonly payoutId: string;
  /** Whose it is; null: to be looked up. */
  readonly partnerId: string | null;
  /** `returned`: it left the account and came back. */
  readonly outcome: 'paid' | 'failed' | 'returned';
  /** Must be what the payout transfers; null: not told. */
  readonly amountCents: Cents | null;
  readonly currency: string | null;
  /** Null: now. */
  readonly at: Instant | null;
  /** Of the bank; needed for one that failed. */
  readonly reason: string | null;
  readonly reference: string | null;
  /** Which of the run's payment files the bank speaks of; null: not told. */
  readonly attempt: number | null;
  /** An account has other bookings, too, whose ids may look like a payout's: one that is none is ignored. */
  readonly mayBeForeign?: boolean;
  /** Where it was told, for mistakes. */
  readonly where: string;
}

export interface Confirmed {
  readonly paid: number;
  readonly failed: number;
  /** Told before. */
  readonly unchanged: number;
  /** Of no payout, or about payment files that others replaced: it says nothing of payouts as they are. */
  readonly ignored: readonly Mistake[];
  /** A read that waits for it sees the change. */
  readonly position: number;
}

const AT_ONCE = 32;
/** As many as a person wants to read at once. */
const MOST_MISTAKES = 100;

/** Records what became of payouts: all of them, or with any mistake none. Again it changes nothing. */
export async function confirmPayouts(
  ports: PayoutPorts,
  by: string,
  confirmations: readonly Confirmation[],
): Promise<Confirmed> {
  // A payout that was made a moment ago must be found.
  await untilCaughtUp(ports);
  const cameBack = new Set(
    confirmations.filter(({ outcome }) => outcome === 'returned').map(({ payoutId }) => payoutId),
  );
  const check = (confirmation: Confirmation) => checked(ports, confirmation, cameBack);
  const checks = await pMap(confirmations, check, { concurrency: AT_ONCE });
  refuseMistakes([
    ...checks.flatMap((found) => ('mistake' in found ? [found.mistake] : [])),
    ...toldTwice(confirmations),
  ]);
  const desk = openDocumentDesk(ports);
  const ignored = checks.flatMap((found) => ('ignored' in found ? [found.ignored] : []));
  const confirmed = { paid: 0, failed: 0, unchanged: 0, position: 0, ignored };
  const ends = checks.filter((found) => 'end' in found);
  const record = async ({ name, end, isKnown }: CheckedEnd) => {
    const done = await endPayout(desk, by, name, end);
    confirmed.position = Math.max(confirmed.position, done.position);
    confirmed[isKnown ? 'unchanged' : end.outcome] += 1;
  };
  // What left the account before what came back: one payment may have done both.
  const { paid = [], failed = [] } = Object.groupBy(ends, ({ end }) => end.outcome);
  for (const some of [paid, failed]) await pMap(some, record, { concurrency: AT_ONCE });
  return confirmed;
}

/** Of what the bank does; nobody cancels by a confirmation. */
type BankEnd = Exclude<PayoutEnd, { readonly outcome: 'cancelled' }>;

/** Nothing of the payout but its name is kept: there may be very many. */
interface CheckedEnd {
  readonly name: PayoutName;
  readonly end: BankEnd;
  readonly isKnown: boolean;
}

type Checked = CheckedEnd | { readonly mistake: Mistake } | { readonly ignored: Mistake };

/** `cameBack`: of which payouts the same request tells that their money came back. */
async function checked(
  ports: PayoutPorts,
  confirmation: Confirmation,
  cameBack: ReadonlySet<string>,
): Promise<Checked> {
  const { payoutId, where, currency, amountCents } = confirmation;
  const mistake = (message: string): Checked => ({ mistake: { where, message } });
  const payout = await lookUp(ports, confirmation);
  if (payout === null && confirmation.mayBeForeign === true) {
    return { ignored: { where, message: `${payoutId} is no payout.` } };
  }
  if (payout === null) return mistake(`there is no payout ${payoutId}`);
  if (currency !== null && currency !== payout.currency) {
    return mistake(`payout ${payoutId} is in ${payout.currency}, not in ${currency}`);
  }
  if (amountCents !== null && amountCents !== payout.totalCents) {
    const [told, right] = [amountCents, payout.totalCents].map(decimals);
    return mistake(`payout ${payoutId} transfers ${right} ${payout.currency}, not ${told}`);
  }
  const replacement = ofReplacedFile(confirmation, payout, cameBack);
  if (replacement !== null) return replacement;
  const end = endOf(confirmation, payout);
  const isKnown = isRecorded(payout, end);
  const refusal = isKnown ? null : refusalOf(payout, end, ports.now());
  if (refusal !== null) return mistake(refusal.message);
  return { name: { partnerId: payout.partnerId, payoutId }, end, isKnown };
}

/** A file that was replaced may be refused late, or its money come back; that it was carried out is what must not be. */
function ofReplacedFile(
  { attempt, outcome, where }: Confirmation,
  { payoutId, attempt: current }: PayoutView,
  cameBack: ReadonlySet<string>,
): Checked | null {
  if (attempt === null || current === null || attempt >= current) return null;
  const files = `file ${attempt} of its run, which file ${current} replaced`;
  if (outcome === 'paid' && !cameBack.has(payoutId)) {
    const message = `payout ${payoutId} was paid by ${files}: see to it that the bank does not carry out that one too`;
    return { mistake: { where, message } };
  }
  const did = outcome === 'failed' ? 'failed' : 'left and came back';
  return { ignored: { where, message: `payout ${payoutId} ${did} in ${files}` } };
}

/** The read model knows whose payout it is, which never changes; how it stands, its stream knows. */
async function lookUp(
  ports: PayoutPorts,
  { payoutId, partnerId }: Confirmation,
): Promise<PayoutView | null> {
  const owner = partnerId ?? (await ports.readModel.payout(payoutId))?.partnerId ?? null;
  return owner === null ? null : findPayout(ports, { partnerId: owner, payoutId });
}

/** A bank that tells a day means any time in it. */
function endOf(confirmation: Confirmation, { scheduledAt }: PayoutView): BankEnd {
  const { outcome, reason, reference } = confirmation;
  const told = confirmation.at;
  const isThatDay = told !== null && told < scheduledAt && dayOf(told) === dayOf(scheduledAt);
  const at = isThatDay ? scheduledAt : told;
  return outcome === 'paid'
    ? { outcome, at, reference }
    : {
        outcome: 'failed',
        at,
        reason: reason === null ? 'The bank gave no reason' : shortened(reason),
        returned: outcome === 'returned',
      };
}

/** What an event takes of a reason. */
const MOST_CHARACTERS = 500;

/** Banks write as much as they like. */
function shortened(reason: string): string {
  if (reason.length <= MOST_CHARACTERS) return reason;
  return `${reason.slice(0, MOST_CHARACTERS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** A payment that was paid and came back is told of once as either. */
function toldTwice(confirmations: readonly Confirmation[]): Mistake[] {
  const seen = new Map<string, Set<Confirmation['outcome']>>();
  return confirmations.flatMap(({ payoutId, outcome, where }) => {
    const before = seen.get(payoutId) ?? new Set();
    const isOther =
      before.size > 0 && (before.has(outcome) || outcome === 'failed' || before.has('failed'));
    seen.set(payoutId, before.add(outcome));
    return isOther ? [{ where, message: `payout ${payoutId} is told of twice` }] : [];
  });
}

export function refuseMistakes(mistakes: readonly Mistake[]): void {
  if (mistakes.length === 0) return;
  throw new PayoutError(
    'bank_file',
    `Nothing was recorded: ${mistakes.length === 1 ? 'one entry is' : `${mistakes.length} entries are`} not right.`,
    mistakes.slice(0, MOST_MISTAKES),
  );
}

export function decimals(cents: Cents): string {
  return `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

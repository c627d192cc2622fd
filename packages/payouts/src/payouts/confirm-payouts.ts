import type { Cents, Instant, PayoutView } from '@provisie/domain';
import {
  readBankFile,
  type BankMessage,
  type BankReport,
  type BankTime,
} from '@provisie/payout-files';
import pMap from 'p-map';
import { dayOf, startOfDay } from '../days.ts';
import { openDocumentDesk } from '../documents/issue-documents.ts';
import { PayoutError } from '../errors.ts';
import type { Mistake } from '../errors.ts';
import { fileNamedBy } from '../exports/payment-file.ts';
import { payoutsOfRun } from '../exports/exported-payouts.ts';
import type { PayoutPorts } from '../ports.ts';
import { findRun } from '../runs/run-log.ts';
import { endPayout, findPayout, refusalOf } from './end-payout.ts';
import type { PayoutEnd } from './end-payout.ts';

/** What somebody says the bank did with a payout. */
export interface Confirmation {
  readonly payoutId: string;
  readonly outcome: 'paid' | 'failed';
  /** Must be what the payout transfers; null: not told. */
  readonly amountCents: Cents | null;
  readonly currency: string | null;
  /** Null: now. */
  readonly at: Instant | null;
  /** Of the bank; needed for one that failed. */
  readonly reason: string | null;
  readonly reference: string | null;
  /** Where it was told, for mistakes. */
  readonly where: string;
}

export interface Confirmed {
  readonly paid: number;
  readonly failed: number;
  /** Told before. */
  readonly unchanged: number;
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
  const checks = await pMap(confirmations, (confirmation) => checked(ports, confirmation), {
    concurrency: AT_ONCE,
  });
  refuseMistakes([
    ...checks.flatMap((found) => ('mistake' in found ? [found.mistake] : [])),
    ...toldTwice(confirmations),
  ]);
  const desk = openDocumentDesk(ports);
  const confirmed = { paid: 0, failed: 0, unchanged: 0, position: 0 };
  await pMap(
    checks.filter((found) => 'payout' in found),
    async ({ payout, end }) => {
      const done = await endPayout(desk, by, payout, end);
      confirmed.position = Math.max(confirmed.position, done.position);
      if (payout.status === end.outcome) confirmed.unchanged += 1;
      else if (end.outcome !== 'cancelled') confirmed[end.outcome] += 1;
    },
    { concurrency: AT_ONCE },
  );
  return confirmed;
}

type Checked =
  { readonly payout: PayoutView; readonly end: PayoutEnd } | { readonly mistake: Mistake };

async function checked(ports: PayoutPorts, confirmation: Confirmation): Promise<Checked> {
  const { payoutId, where, currency, amountCents } = confirmation;
  const mistake = (message: string): Checked => ({ mistake: { where, message } });
  const payout = await lookUp(ports, payoutId);
  if (payout === null) return mistake(`there is no payout ${payoutId}`);
  if (currency !== null && currency !== payout.currency) {
    return mistake(`payout ${payoutId} is in ${payout.currency}, not in ${currency}`);
  }
  if (amountCents !== null && amountCents !== payout.totalCents) {
    const [told, right] = [amountCents, payout.totalCents].map(decimals);
    return mistake(`payout ${payoutId} transfers ${right} ${payout.currency}, not ${told}`);
  }
  const end = endOf(confirmation, payout);
  const refusal = payout.status === end.outcome ? null : refusalOf(payout, end, ports.now());
  return refusal === null ? { payout, end } : mistake(refusal.message);
}

/** The read model knows whose payout it is, which never changes; how it stands, its stream knows. */
async function lookUp(ports: PayoutPorts, payoutId: string): Promise<PayoutView | null> {
  const known = await ports.readModel.payout(payoutId);
  return known === null ? null : findPayout(ports, known);
}

/** A bank that tells a day means any time in it. */
function endOf(confirmation: Confirmation, { scheduledAt }: PayoutView): PayoutEnd {
  const { outcome, reason, reference } = confirmation;
  const told = confirmation.at;
  const isThatDay = told !== null && told < scheduledAt && dayOf(told) === dayOf(scheduledAt);
  const at = isThatDay ? scheduledAt : told;
  return outcome === 'paid'
    ? { outcome, at, reference }
    : { outcome, at, reason: reason ?? 'The bank gave no reason' };
}

function toldTwice(confirmations: readonly Confirmation[]): Mistake[] {
  const seen = new Set<string>();
  return confirmations.flatMap(({ payoutId, where }) => {
    if (!seen.has(payoutId)) {
      seen.add(payoutId);
      return [];
    }
    return [{ where, message: `payout ${payoutId} is told of twice` }];
  });
}

function refuseMistakes(mistakes: readonly Mistake[]): void {
  if (mistakes.length === 0) return;
  throw new PayoutError(
    'bank_file',
    `Nothing was recorded: ${mistakes.length === 1 ? 'one entry is' : `${mistakes.length} entries are`} not right.`,
    mistakes.slice(0, MOST_MISTAKES),
  );
}

function decimals(cents: Cents): string {
  return `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

/** Records what a bank's file says: our CSV, `pain.002`, `camt.053` or `camt.054`. All of it, or nothing. */
export async function confirmByBankFile(
  ports: PayoutPorts,
  by: string,
  file: { readonly bytes: Uint8Array; readonly name?: string },
): Promise<Confirmed & { readonly report: BankReport }> {
  const { bytes, name } = file;
  const reading = readBankFile(bytes, {
    ...(name === undefined ? {} : { fileName: name }),
    isPayoutId: (id) => /^[0-9a-f]{32}$/.test(id),
  });
  if (!reading.ok) {
    refuseMistakes(
      reading.mistakes.map(({ where, problem, expected }) => ({
        where,
        message: `${problem} Expected: ${expected}`,
      })),
    );
    throw new PayoutError('bank_file', 'The file can’t be read.');
  }
  const { report } = reading;
  const listed = report.payments.map((payment) => ({
    ...payment,
    payoutId: payment.endToEndId,
    at: instantOf(payment.at),
    reference: null,
  }));
  const named = new Set(listed.map(({ payoutId }) => payoutId));
  const mistakes: Mistake[] = [];
  const confirmations: Confirmation[] = [...listed];
  for (const message of report.messages) {
    const found = await payoutsInMessage(ports, message, named);
    if ('mistake' in found) mistakes.push(found.mistake);
    else confirmations.push(...found.confirmations);
  }
  refuseMistakes(mistakes);
  return { ...(await confirmPayouts(ports, by, confirmations)), report };
}

function instantOf(at: BankTime | null): Instant | null {
  if (at === null) return null;
  return at.kind === 'instant' ? at.at : startOfDay(at.day);
}

/** The payouts of a payment file that aren't listed themselves and of which nothing is known yet. */
async function payoutsInMessage(
  ports: PayoutPorts,
  message: BankMessage,
  listed: ReadonlySet<string>,
): Promise<{ confirmations: Confirmation[] } | { mistake: Mistake }> {
  const { messageId, where, amountCents, currency, outcome, reason } = message;
  const file = fileNamedBy(messageId);
  const run = file === null ? null : await findRun(ports.store, file.runId);
  const made = run?.exports.find(({ attempt }) => attempt === file?.attempt);
  if (file === null || run === null || made === undefined) {
    return { mistake: { where, message: `there is no payment file ${messageId}` } };
  }
  if (amountCents !== null && amountCents !== made.totalCents) {
    const [told, right] = [amountCents, made.totalCents].map(decimals);
    return {
      mistake: { where, message: `payment file ${messageId} transfers ${right}, not ${told}` },
    };
  }
  const at = instantOf(message.at);
  const confirmations: Confirmation[] = [];
  for await (const found of payoutsOfRun(ports, file.runId)) {
    if (found === null || !found.attempts.includes(file.attempt)) continue;
    const { payoutId, status } = found.payout;
    if (listed.has(payoutId) || status !== 'exported') continue;
    confirmations.push({
      payoutId,
      outcome,
      currency,
      at,
      reason,
      where,
      amountCents: null,
      reference: messageId,
    });
  }
  return { confirmations };
}

/** Records that the bank carried out the whole payment file of a run, but for payouts that are known to have ended. */
export async function confirmRun(
  ports: PayoutPorts,
  by: string,
  runId: string,
  told: { readonly at: Instant | null; readonly totalCents: Cents | null },
): Promise<Confirmed> {
  const run = await findRun(ports.store, runId);
  if (run === null) throw new PayoutError('run_unknown', `There is no payout run ${runId}.`);
  const last = run.exports.at(-1);
  if (last === undefined) {
    throw new PayoutError(
      'export_unknown',
      `Payout run ${runId} was not exported, so no bank can have paid it.`,
    );
  }
  const confirmations: Confirmation[] = [];
  let totalCents = 0;
  let before = 0;
  for await (const found of payoutsOfRun(ports, runId)) {
    if (found === null) continue;
    const { payoutId, status, totalCents: cents } = found.payout;
    if (status === 'exported' || status === 'paid') totalCents += cents;
    if (status === 'paid') before += 1;
    if (status !== 'exported') continue;
    confirmations.push({
      payoutId,
      outcome: 'paid',
      amountCents: null,
      currency: null,
      reason: null,
      at: told.at,
      reference: null,
      where: `payout ${payoutId}`,
    });
  }
  if (told.totalCents !== null && told.totalCents !== totalCents) {
    throw new PayoutError(
      'amount_mismatch',
      `Nothing was recorded: the run’s payouts that didn’t fail come to ${decimals(totalCents)} ${run.currency}, not ${decimals(told.totalCents)}. Confirm first what failed.`,
      [{ where: '/totalCents', message: `must be ${totalCents}` }],
    );
  }
  const confirmed = await confirmPayouts(ports, by, confirmations);
  return { ...confirmed, unchanged: confirmed.unchanged + before };
}

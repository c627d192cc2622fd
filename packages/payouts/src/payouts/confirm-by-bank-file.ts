import { dayNamed, startOfDay, type Instant, type PayoutView } from '@provisie/domain';
import type { BankMessage, BankReport, BankTime } from '@provisie/payout-files';
import { PayoutError } from '../errors.ts';
import type { Mistake } from '../errors.ts';
import { payoutsOfRun } from '../exports/exported-payouts.ts';
import { fileNamedBy } from '../exports/payment-file.ts';
import type { PayoutPorts } from '../ports.ts';
import { findRun } from '../runs/run-log.ts';
import { confirmPayouts, decimals, refuseMistakes } from './confirm-payouts.ts';
import type { Confirmation, Confirmed } from './confirm-payouts.ts';
import { leftBeforeItCameBack } from './end-payout.ts';

/** Records what a bank's file says: our CSV, `pain.002`, `camt.053` or `camt.054`. All of it, or nothing. */
export async function confirmByBankFile(
  ports: PayoutPorts,
  by: string,
  file: { readonly bytes: Uint8Array; readonly name?: string },
): Promise<Confirmed & { readonly report: BankReport }> {
  const { bytes, name } = file;
  const { readBankFile } = await import('@provisie/payout-files');
  const reading = readBankFile(bytes, {
    ...(name === undefined ? {} : { fileName: name }),
    isPayoutId: (id) => /^[0-9a-f]{32}$/.test(id),
    isMessageId: (id) => fileNamedBy(id) !== null,
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
  const mayBeForeign = report.format === 'camt.053' || report.format === 'camt.054';
  const listed = report.payments.map((payment) => ({
    ...payment,
    mayBeForeign,
    payoutId: payment.endToEndId,
    partnerId: null,
    at: instantOf(payment.at),
    reference: null,
    attempt: attemptOf(payment.messageId),
  }));
  // That a payment came back says of its payment order that it left with it.
  const named = new Set(
    listed.filter(({ outcome }) => outcome !== 'returned').map(({ payoutId }) => payoutId),
  );
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
  return at.kind === 'instant' ? at.at : startOfDay(dayNamed(at.day));
}

function attemptOf(messageId: string | null): number | null {
  return messageId === null ? null : (fileNamedBy(messageId)?.attempt ?? null);
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
  const at = instantOf(message.at);
  const confirmations: Confirmation[] = [];
  let leftCents = made.totalCents;
  for await (const found of payoutsOfRun(ports, file.runId)) {
    if (!found.attempts.includes(file.attempt)) continue;
    const { payoutId, partnerId, status } = found.payout;
    if (neverLeft(found.payout)) leftCents -= found.payout.totalCents;
    const isOpen = status === 'exported' || leftBeforeItCameBack(found.payout, at);
    if (listed.has(payoutId) || !isOpen) continue;
    confirmations.push({
      payoutId,
      partnerId,
      outcome,
      currency,
      at,
      reason,
      where,
      amountCents: null,
      reference: messageId,
      attempt: file.attempt,
    });
  }
  if (amountCents !== null && amountCents !== made.totalCents && amountCents !== leftCents) {
    const [told, right] = [amountCents, leftCents].map(decimals);
    return {
      mistake: { where, message: `payment file ${messageId} transfers ${right}, not ${told}` },
    };
  }
  return { confirmations };
}

/** A bank books a file without the payments that it refused, or that were taken out of it. */
function neverLeft({ status, returned }: PayoutView): boolean {
  return status === 'cancelled' || (status === 'failed' && !returned);
}

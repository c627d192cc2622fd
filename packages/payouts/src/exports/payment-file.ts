import { streams, type MerchantDetails, type PayoutRunView } from '@provisie/domain';
import type {
  BankParty,
  CreditTransfer,
  CreditTransferFormat,
  SepaChange,
} from '@provisie/payout-files';
import type { PayoutDetails } from '../details/payout-details.ts';
import { PayoutError } from '../errors.ts';
import { factsIn } from '../log.ts';
import type { PayoutPorts } from '../ports.ts';
import { runOf } from '../runs/run-log.ts';
import { payeesOfRun } from './exported-payouts.ts';
import type { PayeePayout } from './exported-payouts.ts';

export interface PaymentFileRequest {
  readonly runId: string;
  /** Null: the last. */
  readonly attempt: number | null;
  readonly format: CreditTransferFormat;
  /** One line on the merchant's bank statement for all payments. */
  readonly batchBooking: boolean;
  /** Told of each name or text that SEPA's character set made different. */
  readonly onChange?: (change: SepaChange) => void;
}

type Ports = Pick<PayoutPorts, 'store' | 'vault'>;

/**
 * The SEPA credit transfer of an exported run: asked for again, the same bytes. Throws `PayoutError` before the first
 * piece where there is no such file, and `export_outdated` where a payout in it was cancelled or it was replaced.
 */
export async function paymentFile(
  ports: Ports,
  request: PaymentFileRequest,
): Promise<AsyncIterable<string>> {
  const run = await runOf(ports.store, request.runId);
  const { attempt, exportedAt, executionDate, payouts, totalCents } = exportOf(
    run,
    request.attempt,
  );
  if (run.currency !== 'EUR') {
    throw new PayoutError(
      'not_euros',
      `SEPA pays euros, and run ${run.runId} is in ${run.currency}: pay it by the CSV file.`,
    );
  }
  const merchant = await merchantAt(ports, exportedAt);
  const order = {
    messageId: messageIdOf(run.runId, attempt),
    createdAt: exportedAt,
    executionDate,
    batchBooking: request.batchBooking,
    debtor: debtorOf(merchant),
    payments: payouts,
    totalCents,
  };
  const { onChange } = request;
  const { sepaCreditTransfer } = await import('@provisie/payout-files');
  return sepaCreditTransfer(
    request.format,
    order,
    transfersOf(ports, run.runId, attempt),
    onChange === undefined ? {} : { onChange },
  );
}

/** The same for both formats, so that the bank refuses to carry out the same payments twice. */
export function messageIdOf(runId: string, attempt: number): string {
  return `${runId}-${attempt}`;
}

/** The run and the file that a message id names; null when it is none of ours. */
export function fileNamedBy(messageId: string): { runId: string; attempt: number } | null {
  const named = /^(run-[0-9a-f]{16})-(\d{1,3})$/.exec(messageId);
  return named === null ? null : { runId: String(named[1]), attempt: Number(named[2]) };
}

function exportOf(run: PayoutRunView, attempt: number | null): PayoutRunView['exports'][number] {
  const last = run.exports.at(-1);
  const wanted = attempt === null ? last : run.exports.find((made) => made.attempt === attempt);
  if (wanted === undefined || last === undefined) {
    throw new PayoutError(
      'export_unknown',
      `Payout run ${run.runId} has no such payment file: export it first.`,
    );
  }
  if (wanted.attempt < last.attempt) {
    throw new PayoutError(
      'export_outdated',
      `Payment file ${wanted.attempt} of run ${run.runId} was replaced by file ${last.attempt}: the bank must get that one only.`,
    );
  }
  return wanted;
}

async function merchantAt({ store }: Ports, at: number): Promise<MerchantDetails> {
  const facts = await factsIn(store, streams.merchant);
  const known = facts.findLast(
    (fact) => fact.type === 'MerchantDetailsChanged' && fact.occurredAt <= at,
  );
  if (known?.type === 'MerchantDetailsChanged') return known.data;
  throw new PayoutError('merchant_unknown', 'Nobody had said who pays when this file was made.');
}

function debtorOf({
  legalName,
  iban,
  bic,
  street,
  postalCode,
  city,
  country,
}: MerchantDetails): BankParty {
  return { name: legalName, iban, bic, address: { street, postalCode, city, country } };
}

async function* transfersOf(
  ports: Ports,
  runId: string,
  attempt: number,
): AsyncGenerator<CreditTransfer> {
  for await (const found of payeesOfRun(ports, runId)) {
    if (!found.attempts.includes(attempt)) continue;
    yield transferOf(found, requireCurrent(found));
  }
}

function requireCurrent({ payout, details }: PayeePayout): PayoutDetails {
  const { payoutId, partnerId, status } = payout;
  if (status === 'cancelled') {
    throw new PayoutError(
      'export_outdated',
      `Payout ${payoutId} of ${partnerId} was cancelled after this file was made. Ask for a file that replaces it.`,
    );
  }
  if (details !== null) return details;
  throw new PayoutError(
    'details_erased',
    `The payout details of partner ${partnerId} were erased, so the file can’t be made again.`,
  );
}

function transferOf(
  { payout, documentNumbers }: PayeePayout,
  details: PayoutDetails,
): CreditTransfer {
  const { accountHolder, iban, bic, city, country, street, postalCode, language } = details;
  return {
    endToEndId: payout.payoutId,
    amountCents: payout.totalCents,
    creditor: { name: accountHolder, iban, bic, address: { street, postalCode, city, country } },
    remittance:
      `${language === 'nl' ? 'Commissie' : 'Commission'} ${documentNumbers.join(' ')}`.slice(
        0,
        140,
      ),
  };
}

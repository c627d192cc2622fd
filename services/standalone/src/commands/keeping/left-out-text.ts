import type { LeftOut } from '../../backup/left-out.ts';
import { count, table } from '../output.ts';

/** What somebody has to do because the log doesn't know of it any more. */
const ADVICE: Readonly<Record<string, string>> = {
  OrderPlaced: 'report the orders again (shop or import)',
  OrderAmended: 'report again',
  OrderRefunded: 'report again, or commissions are paid on money that went back',
  OrderCancelled: 'report again, or commissions are paid on money that went back',
  OrderCompleted: 'report again',
  ClickRecorded: 'gone, unless an access log is left: import access-log',
  PartnerSuspended: 'suspend again before you pay',
  CommissionRejected: 'reject again before you pay',
  PayoutDetailsChanged: 'ask those partners again, or they are paid to the old account',
  AccessKeyRevoked: 'these keys are valid again: revoke them now',
  AccessKeyIssued: 'these keys are unknown now: issue new ones',
  LinkCreated: 'make again: their visitors get no redirect now',
  LinkDisabled: 'disable again',
  CouponIssued: 'issue again',
  CouponWithdrawn: 'withdraw again',
  TermsPublished: 'publish again',
  PayoutScheduled: 'see the payments below',
  PayoutExported: 'see the payments below',
  PayoutRunExported: 'see the payments below',
  PayoutPaid: 'the bank paid: see the payments below',
  PayoutFailed: 'see the payments below',
  DocumentIssued: 'partners have these documents: see the numbers below',
  BalanceWrittenOff: 'write off again',
};

const SHOWN_DOCUMENTS = 20;

export function leftOutText(leftOut: LeftOut): string {
  const { first, last } = leftOut;
  if (first === null || last === null) return 'Nothing of the backup lies after that point.';
  const rows = leftOut.counts.map(([type, events]) => [type, count(events), ADVICE[type] ?? '']);
  return [
    '',
    `Left out: ${count(leftOut.events)} events, positions ${count(first.position)} to ${count(last.position)}, recorded ${iso(first.recordedAt)} to ${iso(last.recordedAt)}.`,
    '',
    table(['event', 'left out', 'what to do'], rows),
    ...payments(leftOut),
  ].join('\n');
}

function payments({ runs, documents }: LeftOut): string[] {
  if (runs.length === 0 && documents.length === 0) {
    return ['', 'No payout run and no document lies after the point.'];
  }
  const shown = documents.slice(0, SHOWN_DOCUMENTS).join(', ');
  const more = documents.length - SHOWN_DOCUMENTS;
  return [
    '',
    'MONEY MAY HAVE LEFT THE ACCOUNT that the restored log doesn’t know of. Approve no run before finance has checked each of these with the bank:',
    '',
    table(
      ['run', 'when', 'what is left out'],
      runs.map(({ runId, recordedAt, what }) => [runId, iso(recordedAt), what]),
    ),
    ...(documents.length === 0
      ? []
      : [
          '',
          `Documents that partners have and whose numbers would be given again: ${shown}${more > 0 ? ` and ${count(more)} more` : ''}.`,
        ]),
  ];
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

import { count, money } from '../output.ts';
import type { Run, Totals } from './answers.ts';

/** How a run stands, and what to do next. */
export function runText(run: Run): string {
  const { runId, planned, scheduled, skipped, currency } = run;
  switch (run.status) {
    case 'awaiting_approval':
      return [
        `Payout run ${runId} awaits a second person: ${totalsText(planned, currency)}.`,
        'With PROVISIE_ACCESS_KEY set to a key of their own, they type:',
        `  provisie payouts approve ${runId}`,
      ].join('\n');
    case 'scheduling':
      return [
        `Payout run ${runId} is approved and still being scheduled; that goes on by itself.`,
        'To see how it stands:',
        '  provisie payouts list',
      ].join('\n');
    case 'scheduled':
      return [
        `Payout run ${runId} is scheduled: ${totalsText(scheduled ?? planned, currency)}.`,
        ...(skipped === 0 ? [] : skippedText(run)),
        ...(scheduled?.payouts === 0 ? [] : exportText(run)),
      ].join('\n');
    case 'abandoned':
      return `Payout run ${runId} was taken back.`;
  }
}

function skippedText({ runId, skipped }: Run): readonly string[] {
  const were = skipped === 1 ? 'payouts was skipped and waits' : 'payouts were skipped and wait';
  return [
    `${count(skipped)} of the approved ${were} for the next run. To see why:`,
    `  provisie payouts list --run ${runId}`,
  ];
}

function exportText({ runId }: Run): readonly string[] {
  return ['To make the payment file:', `  provisie payouts export ${runId}`];
}

function totalsText({ payouts, netCents, vatCents, totalCents }: Totals, currency: string): string {
  const sums = [netCents, vatCents, totalCents].map((cents) => money(cents, currency));
  const [net, vat, total] = sums;
  const what = `${count(payouts)} ${payouts === 1 ? 'payout' : 'payouts'}`;
  return `${what}, ${String(net)} and VAT of ${String(vat)}, in all ${String(total)}`;
}

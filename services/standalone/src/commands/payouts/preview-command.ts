import { count, money, print, table } from '../output.ts';
import { partnerSchema, previewSchema, type PartnerPreview, type Preview } from './answers.ts';
import type { Connection } from './connection.ts';
import { firstRows, pagesOf } from './pages.ts';
import { queryOf, runRequestOf, type RunChoices, type RunRequest } from './run-request.ts';

export interface PreviewChoices extends RunChoices {
  readonly all: boolean;
}

/** `provisie payouts preview`: nothing is written. */
export async function previewCommand(
  connection: Connection,
  choices: PreviewChoices,
): Promise<void> {
  const request = await runRequestOf(choices);
  const preview = await previewOf(connection, request);
  const same = { ...request, cutOff: preview.cutOff };
  const most = choices.all ? Number.POSITIVE_INFINITY : ROWS_SHOWN;
  for (const status of STATUSES) await printStatus(connection, same, status, most);
  print(sumsText(preview));
  if (preview.due.payouts === 0) print('\nNobody is due, so there is nothing to approve.');
  else print(`\nTo approve exactly this:\n  ${approveText(same, preview.fingerprint)}`);
}

export function previewOf(connection: Connection, request: RunRequest): Promise<Preview> {
  return connection.get(`/v1/payout-preview?${queryOf(request).toString()}`, previewSchema);
}

const ROWS_SHOWN = 200;
const STATUSES = ['due', 'below_threshold', 'blocked'] as const;
type Status = (typeof STATUSES)[number];

interface Section {
  readonly title: string;
  readonly columns: readonly string[];
  readonly cells: (row: PartnerPreview) => readonly string[];
}

const SECTIONS: Readonly<Record<Status, Section>> = {
  due: {
    title: 'Due',
    columns: ['partner', 'orders', 'net', 'of it taken back', 'VAT', 'total'],
    cells: ({ partnerId, lines, netCents, clawbackCents, vatCents, totalCents, currency }) => [
      partnerId,
      count(lines.length),
      ...[netCents, clawbackCents, vatCents, totalCents].map((cents) => money(cents, currency)),
    ],
  },
  below_threshold: {
    title: 'Below the threshold',
    columns: ['partner', 'balance', 'threshold', 'missing'],
    cells: ({ partnerId, netCents, thresholdCents, missingCents, currency }) => [
      partnerId,
      money(netCents, currency),
      thresholdCents === null ? '' : money(thresholdCents, currency),
      money(missingCents, currency),
    ],
  },
  blocked: {
    title: 'Blocked',
    columns: ['partner', 'balance', 'why'],
    cells: ({ partnerId, netCents, blocks, currency }) => [
      partnerId,
      money(netCents, currency),
      blocks
        .map(({ text, until }) => (until === null ? text : `${text} Until ${until}.`))
        .join(' '),
    ],
  },
};

async function printStatus(
  connection: Connection,
  request: RunRequest,
  status: Status,
  most: number,
): Promise<void> {
  const { title, columns, cells } = SECTIONS[status];
  const query = queryOf(request);
  query.set('status', status);
  const pages = pagesOf(connection, '/v1/payout-preview/partners', query, partnerSchema);
  const { rows, more } = await firstRows(pages, most);
  if (rows.length === 0) return;
  print(`${title}\n${table(columns, rows.map(cells))}`);
  if (more) print(`and more; --all shows them all`);
  print();
}

/** The sums of everybody. */
export function sumsText({ currency, cutOff, due, belowThreshold, blocked }: Preview): string {
  const amount = (cents: number) => money(cents, currency);
  return [
    `Payable by ${cutOff}, in ${currency}:`,
    table(
      ['', 'partners', 'net', 'VAT', 'total'],
      [
        [
          'due',
          count(due.payouts),
          amount(due.netCents),
          amount(due.vatCents),
          amount(due.totalCents),
        ],
        [
          'below the threshold',
          count(belowThreshold.partners),
          amount(belowThreshold.netCents),
          '',
          '',
        ],
        ['blocked', count(blocked.partners), amount(blocked.netCents), '', ''],
      ],
    ),
  ].join('\n');
}

function approveText({ currency, cutOff, partnerIds }: RunRequest, fingerprint: string): string {
  return [
    'provisie payouts approve',
    ...(cutOff === null ? [] : [`--cut-off ${cutOff}`]),
    ...(currency === 'EUR' ? [] : [`--currency ${currency}`]),
    ...(partnerIds ?? []).map((partnerId) => `--partner ${partnerId}`),
    `--fingerprint ${fingerprint}`,
  ].join(' ');
}

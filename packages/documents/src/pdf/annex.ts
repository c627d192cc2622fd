import { amountText, countText } from '../amounts.ts';
import type { DocumentContent, DocumentOrder } from '../document.ts';
import { WORDS } from '../words.ts';
import { MUTED } from './sheet.ts';
import type { Sheet } from './sheet.ts';
import { drawTable } from './table.ts';
import type { Column } from './table.ts';

/** Every order behind the totals, per programme, on pages of its own. */
export async function drawAnnex(sheet: Sheet, content: DocumentContent): Promise<void> {
  if (content.orders.length === 0) return;
  const words = WORDS[content.language];
  sheet.nextPage();
  const box = { x: sheet.left, y: sheet.y, width: sheet.width };
  sheet.y += sheet.write(sheet.root, 'H1', words.annex, box, { size: 15, weight: 'bold' }) + 2;
  const intro = { ...box, y: sheet.y };
  sheet.y += sheet.write(sheet.root, 'P', words.annexIntro(content.number), intro, {
    color: MUTED,
  });
  sheet.y += 12;
  for (const [programmeId, programmeName] of programmesOf(content)) {
    const orders = content.orders.filter((order) => order.programmeId === programmeId);
    await drawProgramme(sheet, content, programmeName, orders);
  }
}

function programmesOf(content: DocumentContent): ReadonlyMap<string, string> {
  return new Map(content.lines.map((line) => [line.programmeId, line.programmeName]));
}

interface AnnexRow {
  readonly number: string;
  readonly text: string;
  readonly netCents: number;
  readonly total: boolean;
}

async function drawProgramme(
  sheet: Sheet,
  content: DocumentContent,
  programmeName: string,
  orders: readonly DocumentOrder[],
): Promise<void> {
  sheet.makeRoom(90);
  const box = { x: sheet.left, y: sheet.y, width: sheet.width };
  const heading = sheet.write(sheet.root, 'H2', programmeName, box, { size: 10.5, weight: 'bold' });
  sheet.y += heading + 4;
  await drawTable(sheet, columns(content), annexRows(content, orders), {
    isTotal: (row) => row.total,
    dense: true,
  });
  sheet.y += 16;
}

function annexRows(
  content: DocumentContent,
  orders: readonly DocumentOrder[],
): readonly AnnexRow[] {
  const words = WORDS[content.language];
  const netCents = orders.reduce((total, order) => total + order.netCents, 0);
  const count = words.orderCount(orders.length, countText(orders.length, content.language));
  return [
    ...orders.map((order, index) => ({
      number: countText(index + 1, content.language),
      text: order.orderId,
      netCents: order.netCents,
      total: false,
    })),
    { number: '', text: count, netCents, total: true },
  ];
}

function columns(content: DocumentContent): readonly Column<AnnexRow>[] {
  const words = WORDS[content.language];
  return [
    { heading: '#', share: 0.1, align: 'right', cell: (row) => row.number },
    { heading: words.orderId, share: 0.66, align: 'left', cell: (row) => row.text },
    {
      heading: words.amount,
      share: 0.24,
      align: 'right',
      cell: (row) => amountText(row.netCents, content.currency, content.language),
    },
  ];
}

import { amountText, countText, rateText } from '../amounts.ts';
import type { DocumentContent, DocumentLine, DocumentVat, VatTreatment } from '../document.ts';
import { isStatement, legalRemarks } from '../remarks.ts';
import { WORDS } from '../words.ts';
import { INK } from './sheet.ts';
import type { Sheet, TextStyle } from './sheet.ts';
import { drawTable } from './table.ts';
import type { Column } from './table.ts';

/** The lines per programme, the VAT per rate, the totals, how it is paid, and what the law wants said. */
export async function drawBody(sheet: Sheet, content: DocumentContent): Promise<void> {
  await drawTable(sheet, lineColumns(content), content.lines);
  sheet.y += 16;
  if (!isStatement(content)) {
    await drawTable(sheet, vatColumns(content), content.vat);
    sheet.y += 16;
  }
  drawTotals(sheet, content);
  drawSection(sheet, WORDS[content.language].paymentHeading, paymentTexts(content));
  drawSection(sheet, WORDS[content.language].remarks, legalRemarks(content));
}

function lineColumns(content: DocumentContent): readonly Column<DocumentLine>[] {
  const words = WORDS[content.language];
  const { language, currency } = content;
  const description: Column<DocumentLine> = {
    heading: words.description,
    share: 0.51,
    align: 'left',
    cell: (line) => words.commission(line.programmeName),
  };
  const orders: Column<DocumentLine> = {
    heading: words.orders,
    share: 0.11,
    align: 'right',
    cell: (line) => countText(line.orders, language),
  };
  const vat: Column<DocumentLine> = {
    heading: words.vat,
    share: 0.19,
    align: 'right',
    cell: (line) => treatmentText(content, line.treatment, line.rateBps),
  };
  const amount: Column<DocumentLine> = {
    heading: words.amount,
    share: 0.19,
    align: 'right',
    cell: (line) => amountText(line.netCents, currency, language),
  };
  return isStatement(content)
    ? [{ ...description, share: description.share + vat.share }, orders, amount]
    : [description, orders, vat, amount];
}

function vatColumns(content: DocumentContent): readonly Column<DocumentVat>[] {
  const words = WORDS[content.language];
  const { language, currency } = content;
  return [
    {
      heading: words.vatRate,
      share: 0.62,
      align: 'left',
      cell: (vat) => treatmentText(content, vat.treatment, vat.rateBps),
    },
    {
      heading: words.vatBase,
      share: 0.19,
      align: 'right',
      cell: (vat) => amountText(vat.netCents, currency, language),
    },
    {
      heading: words.vatAmount,
      share: 0.19,
      align: 'right',
      cell: (vat) => amountText(vat.vatCents, currency, language),
    },
  ];
}

function treatmentText(content: DocumentContent, treatment: VatTreatment, rateBps: number): string {
  return treatment === 'standard'
    ? rateText(rateBps, content.language)
    : WORDS[content.language].treatment[treatment];
}

function drawTotals(sheet: Sheet, content: DocumentContent): void {
  const words = WORDS[content.language];
  sheet.makeRoom(70);
  const totals = sheet.tag(sheet.root, 'Sect');
  const row = (label: string, cents: number, style: TextStyle) => {
    const half = sheet.width / 2;
    const text = amountText(cents, content.currency, content.language);
    const left = { x: sheet.left + half, y: sheet.y, width: half * 0.58 };
    const right = { x: sheet.left + half * 1.5, y: sheet.y, width: half / 2 - 4 };
    const height = sheet.write(totals, 'P', label, left, style);
    sheet.write(totals, 'P', text, right, { ...style, align: 'right' });
    sheet.y += height + 4;
  };
  if (!isStatement(content)) {
    row(words.netTotal, content.netCents, {});
    row(words.vat, content.vatCents, {});
  }
  sheet.y += 2;
  row(words.total[content.kind], content.totalCents, { size: 11, weight: 'bold' });
  totals.end();
  sheet.y += 14;
}

function paymentTexts(content: DocumentContent): readonly string[] {
  const words = WORDS[content.language];
  if (content.kind === 'credit_note')
    return [words.settlement, `${words.payout}: ${content.payoutId}`];
  const total = amountText(content.totalCents, content.currency, content.language);
  const account =
    content.accountMasked === null ? words.knownAccount : words.account(content.accountMasked);
  return [words.payment(content.customer.name, total, account), words.reference(content.payoutId)];
}

function drawSection(sheet: Sheet, heading: string, texts: readonly string[]): void {
  const heights = texts.map((text) => sheet.heightOf(text, sheet.width) + 2);
  sheet.makeRoom(16 + heights.reduce((total, height) => total + height, 0));
  const part = sheet.tag(sheet.root, 'Sect');
  const box = { x: sheet.left, width: sheet.width };
  const style: TextStyle = { weight: 'bold', color: INK };
  sheet.y += sheet.write(part, 'H2', heading, { ...box, y: sheet.y }, style) + 3;
  for (const text of texts) sheet.y += sheet.write(part, 'P', text, { ...box, y: sheet.y }) + 2;
  part.end();
  sheet.y += 10;
}

import { buffer } from 'node:stream/consumers';
import { startOfDay } from '../amounts.ts';
import { checkContent } from '../check-content.ts';
import type { DocumentContent } from '../document.ts';
import { documentTitle } from '../remarks.ts';
import { WORDS } from '../words.ts';
import { drawAnnex } from './annex.ts';
import { drawBody } from './body.ts';
import { drawLetterhead } from './letterhead.ts';
import { printableContent } from './printable.ts';
import { MUTED, Sheet } from './sheet.ts';

/**
 * The document as a tagged A4 PDF. The same content gives the same bytes.
 * Throws a `DocumentError` when a sum doesn't add up or a party's name can't be printed.
 */
export async function documentPdf(content: DocumentContent): Promise<Uint8Array> {
  checkContent(content);
  if (content.orders.length <= FEW_ORDERS) return drawn(content);
  const after = longOnes.then(() => drawn(content));
  longOnes = after.catch(() => {});
  return after;
}

const FEW_ORDERS = 1000;
/** One long document at a time: until it is done, each of its orders takes 30 kB. */
let longOnes: Promise<unknown> = Promise.resolve();

async function drawn(content: DocumentContent): Promise<Uint8Array> {
  const printable = printableContent(content);
  const title = `${documentTitle(printable)} ${printable.number}`;
  const sheet = new Sheet({
    title,
    author: printable.customer.name,
    subject: printable.supplier.name,
    language: printable.language,
    date: startOfDay(printable.issueDate),
  });
  drawLetterhead(sheet, printable);
  await drawBody(sheet, printable);
  await drawAnnex(sheet, printable);
  drawFooters(sheet, printable, title);
  sheet.root.end();
  sheet.doc.end();
  return buffer(sheet.doc);
}

function drawFooters(sheet: Sheet, content: DocumentContent, title: string): void {
  const words = WORDS[content.language];
  const y = sheet.bottom + 24;
  const half = sheet.width / 2;
  sheet.eachPage((page, pages) => {
    const style = { size: 8, color: MUTED };
    const text = words.page(page, pages);
    sheet.ink(title, { x: sheet.left, y, width: half }, style);
    sheet.ink(text, { x: sheet.left + half, y, width: half }, { ...style, align: 'right' });
  });
}

import { countryText, dayText } from '../amounts.ts';
import type { DocumentContent, DocumentLanguage, DocumentParty } from '../document.ts';
import { documentTitle, isStatement } from '../remarks.ts';
import { WORDS } from '../words.ts';
import { INK, MUTED } from './sheet.ts';
import type { Box, Sheet, Tag } from './sheet.ts';

const GAP = 24;

/** Who wrote it, what it is, the parties, and the particulars. */
export function drawLetterhead(sheet: Sheet, content: DocumentContent): void {
  drawTitle(sheet, content);
  drawParties(sheet, content);
  drawParticulars(sheet, content);
  drawCorrected(sheet, content);
}

function drawTitle(sheet: Sheet, content: DocumentContent): void {
  const issuer = { x: sheet.left, y: sheet.y, width: sheet.width };
  sheet.y += sheet.write(sheet.root, 'P', content.customer.name, issuer, {
    size: 10,
    weight: 'bold',
    color: MUTED,
  });
  sheet.y += 14;
  const box = { x: sheet.left, y: sheet.y, width: sheet.width };
  sheet.y += sheet.write(sheet.root, 'H1', documentTitle(content), box, {
    size: 22,
    weight: 'bold',
  });
  if (!isStatement(content)) {
    const below = { ...box, y: sheet.y + 1 };
    const text = WORDS[content.language].selfBilling;
    sheet.y += sheet.write(sheet.root, 'P', text, below, { size: 10.5, color: MUTED });
  }
  sheet.y += 18;
}

function drawParties(sheet: Sheet, content: DocumentContent): void {
  const words = WORDS[content.language];
  const width = (sheet.width - GAP) / 2;
  const left = { x: sheet.left, y: sheet.y, width };
  const right = { x: sheet.left + width + GAP, y: sheet.y, width };
  const statement = isStatement(content);
  const supplier = statement ? words.payee : words.supplier;
  const customer = statement ? words.payer : words.customer;
  const heights = [
    drawParty(sheet, left, supplier, content.supplier, content.language, statement),
    drawParty(sheet, right, customer, content.customer, content.language, statement),
  ];
  sheet.y += Math.max(...heights) + 18;
}

function drawParty(
  sheet: Sheet,
  box: Box,
  role: string,
  party: DocumentParty,
  language: DocumentLanguage,
  statement: boolean,
): number {
  const part = sheet.tag(sheet.root, 'Sect');
  let y = box.y;
  y += sheet.write(part, 'P', role, box, { size: 8, color: MUTED }) + 1;
  y += sheet.write(part, 'P', party.name, { ...box, y }, { size: 10, weight: 'bold' }) + 1;
  for (const line of addressLines(party, language, statement))
    y += sheet.write(part, 'P', line, { ...box, y });
  part.end();
  return y - box.y;
}

function addressLines(
  party: DocumentParty,
  language: DocumentLanguage,
  statement: boolean,
): readonly string[] {
  const words = WORDS[language];
  const town = [party.postalCode, party.city].filter((part) => part !== null).join(' ');
  const registration = party.country === 'NL' ? words.dutchRegistration : words.registration;
  return [
    party.street,
    town === '' ? null : town,
    countryText(party.country, language),
    statement || party.vatId === null ? null : `${words.vatId}: ${party.vatId}`,
    party.registrationNumber === null ? null : `${registration}: ${party.registrationNumber}`,
    party.email,
  ].filter((line) => line !== null);
}

function drawParticulars(sheet: Sheet, content: DocumentContent): void {
  const particulars = particularsOf(content);
  const width = sheet.width / particulars.length;
  const list = sheet.tag(sheet.root, 'Sect');
  sheet.rule(sheet.y, INK);
  const top = sheet.y + 8;
  const heights = particulars.map(([label, value], index) =>
    drawParticular(sheet, list, label, value, {
      x: sheet.left + index * width,
      y: top,
      width: width - 10,
    }),
  );
  list.end();
  sheet.y = top + Math.max(...heights) + 16;
}

function drawParticular(sheet: Sheet, list: Tag, label: string, value: string, box: Box): number {
  const height = sheet.write(list, 'P', label, box, { size: 8, color: MUTED }) + 1;
  const below = { ...box, y: box.y + height };
  return height + sheet.write(list, 'P', value, below, { weight: 'bold' });
}

function particularsOf(content: DocumentContent): readonly (readonly [string, string])[] {
  const words = WORDS[content.language];
  return [
    [words.number, content.number],
    [words.issueDate, dayText(content.issueDate, content.language)],
    [words.periodEnd, dayText(content.periodEnd, content.language)],
  ];
}

function drawCorrected(sheet: Sheet, content: DocumentContent): void {
  if (content.corrects.length === 0) return;
  const words = WORDS[content.language];
  const invoices = content.corrects.map((invoice) =>
    words.correctedInvoice(invoice.number, dayText(invoice.issueDate, content.language)),
  );
  const box = { x: sheet.left, y: sheet.y, width: sheet.width };
  const text = `${words.corrects}: ${invoices.join(', ')}`;
  sheet.y += sheet.write(sheet.root, 'P', text, box) + 14;
}

import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPdf } from '../../test/pdf-text.ts';
import { contentOf, isAllowed, sampleContent, TREATMENTS } from '../../test/samples.ts';
import type { LineSample } from '../../test/samples.ts';
import { amountText } from '../amounts.ts';
import type { DocumentContent } from '../document.ts';
import { documentPdf } from '../index.ts';
import { unprintableCharacters } from './fonts.ts';

const KINDS = ['self_billing_invoice', 'credit_note', 'payout_statement'] as const;
const LANGUAGES = ['nl', 'en'] as const;

const CASES = KINDS.flatMap((kind) =>
  TREATMENTS.filter((treatment) => isAllowed(kind, treatment)).flatMap((treatment) =>
    LANGUAGES.map((language) => ({ kind, treatment, language })),
  ),
);

const TITLES = {
  nl: {
    self_billing_invoice: 'Factuur',
    credit_note: 'Creditnota',
    payout_statement: 'Uitbetalingsoverzicht',
  },
  en: {
    self_billing_invoice: 'Invoice',
    credit_note: 'Credit note',
    payout_statement: 'Payout statement',
  },
} as const;

/** The words that the law wants, by treatment. */
const LEGAL = {
  nl: {
    standard: 'Factuur uitgereikt door afnemer',
    small_business:
      'Vrijgesteld van btw op grond van de kleineondernemersregeling (art. 25 Wet OB 1968)',
    reverse_charge: 'Btw verlegd naar de afnemer (art. 196 Richtlijn 2006/112/EG)',
    outside_scope: 'Geen btw in rekening gebracht',
    no_vat: 'geen factuur',
  },
  en: {
    standard: 'Self-billing',
    small_business: 'Exempt from VAT under the Dutch small-business scheme',
    reverse_charge:
      'Reverse charge: the customer accounts for the VAT (Art. 196 Directive 2006/112/EC)',
    outside_scope: 'No VAT charged',
    no_vat: 'not an invoice',
  },
} as const;

describe.each(CASES)('a $kind under $treatment in $language', ({ kind, treatment, language }) => {
  test('says what it is, who, when, how much and why', async () => {
    const content = sampleContent(kind, treatment, language);
    const { text, info } = await readPdf(await documentPdf(content));
    const title =
      kind === 'credit_note' && treatment === 'no_vat'
        ? { nl: 'Correctie op uitbetalingsoverzicht', en: 'Correction of payout statement' }[
            language
          ]
        : TITLES[language][kind];
    for (const expected of [
      title,
      content.number,
      content.supplier.name,
      content.supplier.city ?? '',
      content.customer.name,
      content.payoutId,
      { nl: '22 november 2026', en: '22 November 2026' }[language],
      LEGAL[language][treatment],
      amountIn(content, content.totalCents),
      ...content.lines.map((line) => line.programmeName),
      ...content.orders.map((order) => order.orderId),
      ...content.corrects.map((invoice) => invoice.number),
    ])
      expect(text).toContain(expected);
    expect(info).toMatchObject({
      Title: `${title} ${content.number}`,
      Author: content.customer.name,
      Language: language,
    });
  });
});

test('an invoice names the VAT ids of both, the VAT per rate, and where it is paid', async () => {
  const content = sampleContent('self_billing_invoice', 'standard', 'nl');
  const { text } = await readPdf(await documentPdf(content));
  expect(text).toContain('Btw-id: NL001234567B12');
  expect(text).toContain('Btw-id: NL123456782B90');
  expect(text).toContain('21% € 1.324,13 € 278,07');
  expect(text).toContain('betaalt € 1.602,20 op rekening NL•• •••• •••• ••43 00.');
  expect(text).toContain('in naam en voor rekening van Jansen Media');
});

test('a private person reads nothing of VAT or of self-billing', async () => {
  for (const kind of ['payout_statement', 'credit_note'] as const) {
    const { text } = await readPdf(await documentPdf(sampleContent(kind, 'no_vat', 'nl')));
    expect(text.toLowerCase()).not.toMatch(/btw|uitgereikt|leverancier|afnemer/);
  }
});

test('an erased account leaves a sentence that is still right', async () => {
  const content = sampleContent('self_billing_invoice', 'standard', 'en');
  const { text } = await readPdf(await documentPdf({ ...content, accountMasked: null }));
  expect(text).toContain('pays €1,602.20 to the account that you gave us.');
});

describe('names of Europe', () => {
  test.each([
    'Łukasz Wiśniewski-Șerban',
    'Ђорђе Ђурђевић',
    'Γιώργος Παπαδόπουλος',
    'Țăndărică Őrség Ğüneş Straße Ærøskøbing',
    'Їжак Щербина',
    'Þórður Ŧŋiŋ Ħamrun Ķīsis Ūselė',
    'Łucja & Søn “Ŵeb” – № 5 • Foo®',
  ])('%s is printed as it is written', async (name) => {
    const content = sampleContent('self_billing_invoice', 'standard', 'nl');
    const supplier = { ...content.supplier, name };
    const { text } = await readPdf(await documentPdf({ ...content, supplier }));
    expect(text).toContain(name);
    expect(unprintableCharacters(name)).toEqual([]);
  });

  test('a decomposed letter is printed as one', async () => {
    const content = sampleContent('self_billing_invoice', 'standard', 'nl');
    const supplier = { ...content.supplier, name: 'Zoe\u0308 Dvor\u030Ca\u0301k' };
    const { text } = await readPdf(await documentPdf({ ...content, supplier }));
    expect(text).toContain('Zoë Dvořák');
  });

  test('a name in another script is refused, not printed as boxes', async () => {
    const content = sampleContent('self_billing_invoice', 'outside_scope', 'en');
    const supplier = { ...content.supplier, name: '山田 Reviews' };
    const made = documentPdf({ ...content, supplier });
    await expect(made).rejects.toMatchObject({ code: 'unprintable', path: 'supplier.name' });
    await expect(made).rejects.toThrow('山 田');
  });

  test('elsewhere such characters become a question mark, and pictures vanish', async () => {
    const content = sampleContent('self_billing_invoice', 'standard', 'nl');
    const lines = content.lines.map((line) => ({ ...line, programmeName: '🎉 Zomer 夏' }));
    const { text } = await readPdf(await documentPdf({ ...content, lines }));
    expect(text).toContain('affiliateprogramma Zomer ?');
  });
});

test('the same content makes the same bytes, other content makes others', async () => {
  const content = sampleContent('credit_note', 'reverse_charge', 'en');
  const first = await documentPdf(content);
  const other = await documentPdf({ ...content, number: 'jansen-0008' });
  const second = await documentPdf(structuredClone(content));
  expect(sha256(second)).toBe(sha256(first));
  expect(sha256(other)).not.toBe(sha256(first));
});

test('a thousand orders run over pages that all bear the headings and their number', async () => {
  const orderCents = Array.from({ length: 1000 }, (_, index) => 1000 + 7 * index);
  const sample = {
    programmeId: 'spaak',
    orderCents,
    treatment: 'standard',
    rateBps: 2100,
  } as const;
  const content = contentOf('self_billing_invoice', 'nl', [sample]);
  const { pages } = await readPdf(await documentPdf(content));
  expect(pages.length).toBeGreaterThanOrEqual(20);
  expect(pages.length).toBeLessThanOrEqual(30);
  for (const [index, page] of pages.entries())
    expect(page).toContain(`Pagina ${index + 1} van ${pages.length}`);
  for (const page of pages.slice(1)) expect(page).toContain('Order Bedrag');
  const annex = pages.slice(1).join(' ');
  for (const order of content.orders) expect(annex).toContain(order.orderId);
  expect(annex).toContain('1.000 orders € 44.965,00');
});

test('thousands of orders leave others their turn, and long documents are made one after the other', async () => {
  const orderCents = Array.from({ length: 3000 }, (_, index) => 1000 + index);
  const rest = { programmeId: 'spaak', treatment: 'standard', rateBps: 2100 } as const;
  const content = contentOf('self_billing_invoice', 'nl', [{ ...rest, orderCents }]);
  const done: string[] = [];
  const made = ['first', 'second'].map(async (name) => {
    const pdf = await documentPdf(content);
    done.push(name);
    return pdf;
  });
  const short = documentPdf(sampleContent('self_billing_invoice', 'standard', 'nl'));
  await short.then(() => done.push('short'));
  const [first, second] = await Promise.all(made);
  expect(done).toEqual(['short', 'first', 'second']);
  expect(second).toEqual(first);
});

test('long names and addresses wrap instead of running into each other', async () => {
  const content = sampleContent('self_billing_invoice', 'standard', 'nl');
  const name = 'Internationale Vermittlungsgesellschaft für Vergleichsportale mbH & Co. KG '.repeat(
    3,
  );
  const supplier = { ...content.supplier, name: name.trim() };
  const { text, pages } = await readPdf(await documentPdf({ ...content, supplier }));
  expect(text).toContain(name.trim());
  expect(pages).toHaveLength(2);
});

const anyLine: fc.Arbitrary<Omit<LineSample, 'programmeId'>> = fc.record({
  orderCents: fc.array(fc.integer({ min: 0, max: 5_000_000 }), { minLength: 1, maxLength: 4 }),
  treatment: fc.constantFrom('standard', 'small_business', 'reverse_charge'),
  rateBps: fc.constant(0),
});

test('whatever the lines, net and VAT and total of the page add up to the cent', async () => {
  const anyLines = fc.array(anyLine, { minLength: 1, maxLength: 4 });
  const anyRate = fc.constantFrom(2100, 900, 1, 9999);
  await fc.assert(
    fc.asyncProperty(anyLines, anyRate, async (lines, rate) => {
      const samples = lines.map((line, index) => ({
        ...line,
        programmeId: `p${index}`,
        rateBps: line.treatment === 'standard' ? rate : 0,
      }));
      const content = contentOf('self_billing_invoice', 'en', samples);
      const { text } = await readPdf(await documentPdf(content));
      const printed = /Total excluding VAT (\S+) VAT (\S+) Total to receive (\S+)/.exec(text);
      const [net, vat, total] = printed?.slice(1).map(centsOf) ?? [];
      expect(net).toBe(content.netCents);
      expect(total).toBe((net ?? 0) + (vat ?? 0));
    }),
    { numRuns: 8 },
  );
});

function centsOf(text: string): number {
  return Number(text.replaceAll(/[^\d]/g, ''));
}

function amountIn(content: DocumentContent, cents: number): string {
  return amountText(cents, content.currency, content.language).replace('\u00A0', ' ');
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

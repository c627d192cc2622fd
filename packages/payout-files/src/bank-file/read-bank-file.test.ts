import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { containing, matching } from '../../test/matching.ts';
import {
  bytesOf,
  entry,
  mistakesIn,
  reportOf,
  statement,
  transaction,
} from '../../test/bank-files.ts';
import { MAX_BANK_FILE_BYTES, readBankFile } from './read-bank-file.ts';

const whole = statement(entry('DBIT', transaction('p1')));
const nested = (depth: number) => '<Document>'.repeat(depth) + '</Document>'.repeat(depth);
const entities = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">
<!ENTITY file SYSTEM "file:///etc/passwd">]><Document><BkToCstmrStmt>&file;&lol2;</BkToCstmrStmt></Document>`;

describe('a file that is no bank file', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'empty'],
    ['white space', ' \n\n', 'empty'],
    ['a workbook', 'PK\u0003\u0004xl/workbook.xml', 'workbook'],
    ['a PDF', '%PDF-1.7', 'PDF'],
    ['JSON', '{"payouts":[]}', 'JSON'],
    ['MT940', '{1:F01INGBNL2ABXXX', 'MT940'],
    ['bytes', new Uint8Array([0x80, 0xff, 0xfe, 0x00, 0x81]), 'UTF-8'],
    ['a page', '<html><body>Session expired</body></html>', '<html>'],
    ['our own order', '<Document><CstmrCdtTrfInitn/></Document>', 'pain.001'],
    ['an intraday report', '<Document><BkToCstmrAcctRpt/></Document>', 'camt.052'],
    ['an empty document', '<Document/>', '<Document>'],
    ['a statement without one', '<Document><BkToCstmrStmt/></Document>', 'no statement'],
    ['a document type with entities', entities, 'document type'],
    ['an entity of nobody', '<Document>&file;</Document>', 'entity'],
    ['elements without end', '<a>'.repeat(200_000), 'nest more than 40'],
    ['deep nesting', nested(100_000), 'nest more than 40'],
    ['two roots', '<Document/><Document/>', 'two root'],
    ['half a tag', '<Document', 'XML'],
    ['an unknown encoding', '<?xml version="1.0" encoding="klingon"?><Document/>', 'klingon'],
    ['a long name', `<${'a'.repeat(200_000)}/>`, 'XML'],
  ])('%s is refused with the reason', (_, file, problem) => {
    const mistakes = mistakesIn(file, { fileName: 'x' });
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toEqual({
      where: matching(/^x, line \d+/),
      problem: containing(problem),
      expected: matching(/\w/),
    });
  });

  test('a file too large is refused unread', () => {
    expect(mistakesIn(new Uint8Array(MAX_BANK_FILE_BYTES + 1))[0]?.problem).toContain('bytes');
  });
});

describe('XML from a bank', () => {
  test('cut anywhere is refused, with a line', () => {
    const end = whole.length - 1;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: end }), (length) => {
        expect(mistakesIn(whole.slice(0, length))[0]?.where).toMatch(/^line \d+/);
      }),
    );
  });

  test('with anything in it is read or refused, and never throws', () => {
    const wild = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('<', '&', ']]>'),
    );
    fc.assert(
      fc.property(fc.nat(whole.length), wild, (place, text) => {
        const file = bytesOf(whole.slice(0, place) + text + whole.slice(place));
        expect(readBankFile(file).ok).toBeTypeOf('boolean');
      }),
      { numRuns: 500 },
    );
  });

  test('may be in another encoding', () => {
    const text = whole.replace('?>', ' encoding="ISO-8859-1"?>').replace('p1', 'pé');
    const bytes = Uint8Array.from(text, (character) => character.codePointAt(0) ?? 0);
    expect(readBankFile(bytes)).toMatchObject({
      report: { payments: [{ endToEndId: 'pé' }] },
    });
    expect(mistakesIn(bytesOf(whole).map((byte) => (byte === 112 ? 0xe9 : byte)))).toHaveLength(1);
    const wide = Buffer.from(`\uFEFF${whole}`, 'utf16le');
    expect(readBankFile(wide)).toMatchObject({ report: { payments: [{ endToEndId: 'p1' }] } });
  });

  test('may have comments, CDATA and the five entities', () => {
    const text = whole.replace('p1', '<!-- id --><![CDATA[p]]>&amp;&#49;');
    expect(reportOf(text).payments).toMatchObject([{ endToEndId: 'p&1' }]);
  });
});

test('no bytes make the reader throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(readBankFile(bytes).ok).toBeTypeOf('boolean');
    }),
    { numRuns: 1000 },
  );
});

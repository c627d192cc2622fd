import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PayoutFileError } from './payout-file-error.ts';
import { checkSepaIdentifier, sepaText } from './sepa-text.ts';

describe('a text for a SEPA bank', () => {
  test.each([
    ['Woonblog', 'Woonblog'],
    ["O'Neill (NL) / a-b: c, d. + e?", "O'Neill (NL) / a-b: c, d. + e?"],
    ['Café Ünal ß Ł Ø Æ', 'Cafe Unal ss L O Ae'],
    ['Cafe\u0301', 'Cafe'],
    ['Jansen & Zn. [NL]; 100% @home', 'Jansen + Zn. (NL), 100. .home'],
    ['“De Hoek” – x', "'De Hoek' - x"],
    ['Ελλάδα', 'Ellada'],
    ['Пример', 'Primer'],
    ['  two   spaces\t\n', 'two spaces'],
    ['🌱 Tuin', 'Tuin'],
    ['€ 12', 'EUR 12'],
  ])('%j is %j', (from, to) => {
    const changed = from !== to;
    expect(sepaText(from, 70)).toEqual({ text: to, changed });
  });

  test.each(['', '   ', '...', '🌱', '\u200B', '\uE000'])('%j leaves nothing', (text) => {
    expect(() => sepaText(text, 70)).toThrow(expect.objectContaining({ code: 'text_empty' }));
  });

  test('is measured after transliteration', () => {
    expect(sepaText('ß'.repeat(35), 70).text).toBe('s'.repeat(70));
    expect(() => sepaText('ß'.repeat(36), 70)).toThrow(PayoutFileError);
  });

  test('has SEPA characters only, and comes out the same the second time', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })),
        (wild) => {
          const { text } = sepaText(`x${wild}`, 100_000);
          expect(text).toMatch(/^[A-Za-z0-9/\-?:().,'+ ]+$/);
          expect(sepaText(text, 100_000)).toEqual({ text, changed: false });
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('an identifier', () => {
  const place = { endToEndId: null, field: 'messageId' };

  test.each(['run-1', 'a/b', "A(1):2,3.4'+?", 'x'.repeat(35)])('%j fits', (identifier) => {
    expect(() => checkSepaIdentifier(identifier, place)).not.toThrow();
  });

  test.each(['', '/a', 'a/', 'a//b', 'a_b', 'é', 'a\n', 'x'.repeat(36)])(
    '%j is refused, never changed',
    (identifier) => {
      expect(() => checkSepaIdentifier(identifier, place)).toThrow(PayoutFileError);
    },
  );
});

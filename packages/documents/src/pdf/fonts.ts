import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { create } from 'fontkit';
import type { Font } from 'fontkit';

declare global {
  namespace PDFKit.Mixins {
    interface PDFFont {
      /** PDFKit takes parsed fonts since 0.20; its published types don't say so yet. */
      registerFont(name: string, font: Font): this;
    }
  }
}

export type Weight = 'regular' | 'bold';

const FILES: Readonly<Record<Weight, string>> = {
  regular: import.meta.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
  bold: import.meta.resolve('@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf'),
};

const parsed = new Map<Weight, Font>();

/**
 * Noto Sans, whose glyphs cover Latin with its extensions, Greek and Cyrillic. Its tables are read as they are needed,
 * which takes longer than all else in a document, so one is kept for the life of the process.
 */
export function fontOf(weight: Weight): Font {
  const known = parsed.get(weight);
  if (known !== undefined) return known;
  const path = fileURLToPath(FILES[weight]);
  const font = create(readFileSync(path));
  if (!('createSubset' in font)) throw new Error(`${path} holds several fonts or none`);
  parsed.set(weight, font);
  return font;
}

let printable: ReadonlySet<number> | undefined;

/** The characters of a text that the font has no glyph for, each once. */
export function unprintableCharacters(text: string): readonly string[] {
  printable ??= new Set(fontOf('regular').characterSet);
  const codePoints = printable;
  const missing = Array.from(text.normalize('NFC')).filter(
    (character) => !codePoints.has(character.codePointAt(0) ?? 0),
  );
  return [...new Set(missing)];
}

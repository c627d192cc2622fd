import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { create } from 'fontkit';

export type Weight = 'regular' | 'bold';

const FILES: Readonly<Record<Weight, string>> = {
  regular: '400Regular/NotoSans_400Regular.ttf',
  bold: '600SemiBold/NotoSans_600SemiBold.ttf',
};

const read = new Map<Weight, Uint8Array>();

/** Noto Sans, whose glyphs cover Latin with its extensions, Greek and Cyrillic. Read once per process. */
export function fontBytes(weight: Weight): Uint8Array {
  const known = read.get(weight);
  if (known !== undefined) return known;
  const url = import.meta.resolve(`@expo-google-fonts/noto-sans/${FILES[weight]}`);
  const bytes = readFileSync(fileURLToPath(url));
  read.set(weight, bytes);
  return bytes;
}

let printable: ReadonlySet<number> | undefined;

/** The characters of a text that the font has no glyph for, each once. */
export function unprintableCharacters(text: string): readonly string[] {
  printable ??= glyphs();
  const codePoints = printable;
  const missing = Array.from(text.normalize('NFC')).filter(
    (character) => !codePoints.has(character.codePointAt(0) ?? 0),
  );
  return [...new Set(missing)];
}

function glyphs(): ReadonlySet<number> {
  const font = create(Buffer.from(fontBytes('regular')));
  return new Set('characterSet' in font ? font.characterSet : []);
}

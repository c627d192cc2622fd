import { DocumentError } from '../document-error.ts';
import type { DocumentContent, DocumentParty } from '../document.ts';
import { plainText } from '../plain-text.ts';
import { unprintableCharacters } from './fonts.ts';

/**
 * The content with texts that the font can print. A party's name or address that it can't print is refused, since a
 * document with a wrong name is none; anywhere else such a character becomes a question mark.
 */
export function printableContent(content: DocumentContent): DocumentContent {
  return {
    ...content,
    supplier: printableParty(content, 'supplier'),
    customer: printableParty(content, 'customer'),
    lines: content.lines.map((line) => ({
      ...line,
      programmeName: printableText(line.programmeName),
    })),
    orders: content.orders.map((order) => ({ ...order, orderId: printableText(order.orderId) })),
  };
}

function printableParty(content: DocumentContent, role: 'supplier' | 'customer'): DocumentParty {
  const party = content[role];
  const strict = (key: keyof DocumentParty, text: string) => {
    const cleaned = clean(text);
    const missing = unprintableCharacters(cleaned);
    if (missing.length === 0) return cleaned;
    const message = `no glyph for ${missing.join(' ')}; write it in Latin, Greek or Cyrillic letters`;
    throw new DocumentError('unprintable', content, `${role}.${key}`, message);
  };
  const optional = (key: keyof DocumentParty) => {
    const text = party[key];
    return text === null ? null : strict(key, text);
  };
  return {
    ...party,
    name: strict('name', party.name),
    street: optional('street'),
    postalCode: optional('postalCode'),
    city: optional('city'),
    email: optional('email'),
  };
}

function printableText(text: string): string {
  const cleaned = clean(text);
  const missing = new Set(unprintableCharacters(cleaned));
  return missing.size === 0
    ? cleaned
    : Array.from(cleaned)
        .map((character) => (missing.has(character) ? '?' : character))
        .join('');
}

function clean(text: string): string {
  const plain = plainText(text);
  return plain === '' ? '?' : plain;
}

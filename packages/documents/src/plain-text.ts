/** Pictures and controls say nothing that a document needs; some of them XML can't even hold. */
const DECORATION =
  /[\p{Emoji_Presentation}\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u{FE0F}]/gu;

/** One line of composed characters; empty when there was nothing else in the text. */
export function plainText(text: string): string {
  const oneLine = text.toWellFormed().normalize('NFC').replace(DECORATION, ' ');
  return oneLine.replace(/\s+/gu, ' ').trim();
}

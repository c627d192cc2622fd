import type { DocumentContent } from './document.ts';

export type DocumentErrorCode =
  /** Amounts that don't add up; the path names the sum. */
  | 'sums_differ'
  /** A treatment, rate or sign that this kind of document can't have. */
  | 'not_allowed'
  /** Something that the law or the format demands isn't there. */
  | 'missing'
  /** A party's name or address has characters that the font can't print. */
  | 'unprintable'
  /** Asked for UBL of what is no invoice. */
  | 'not_an_invoice';

/** A document that can't be made from its content. `path` is where in the `DocumentContent`, such as `vat[0].vatCents`. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  readonly code: DocumentErrorCode;
  readonly path: string;

  constructor(code: DocumentErrorCode, content: DocumentContent, path: string, message: string) {
    super(`Document ${content.number}: ${path}: ${message}`);
    this.code = code;
    this.path = path;
  }
}

import { existsSync, readFileSync } from 'node:fs';
import { XmlDocument, XmlLibError, XsdValidator } from 'libxml2-wasm';
import type { CreditTransferFormat } from '../src/index.ts';

/** ISO's schemas aren't ours to ship: they lie beside the repository, or the tests that need them are skipped. */
const folder = new URL('../../../../shared/iso20022/', import.meta.url);

export const formats: readonly CreditTransferFormat[] = ['pain.001.001.09', 'pain.001.001.03'];

export function schemasAreThere(): boolean {
  if (formats.every((format) => existsSync(schemaOf(format)))) return true;
  console.warn('Skipped: validation against ISO 20022 schemas, ../shared/iso20022 is not there.');
  return false;
}

/** What the schema has against the document; null when it is valid. The schema is read at the first question. */
export function schemaValidator(format: CreditTransferFormat): (xml: string) => string | null {
  let known: XsdValidator | null = null;
  return (xml) => {
    try {
      using document = XmlDocument.fromString(xml);
      known ??= readSchema(format);
      known.validate(document);
      return null;
    } catch (error) {
      if (error instanceof XmlLibError) return error.message;
      throw error;
    }
  };
}

function readSchema(format: CreditTransferFormat): XsdValidator {
  using schema = XmlDocument.fromBuffer(readFileSync(schemaOf(format)));
  return XsdValidator.fromDoc(schema);
}

function schemaOf(format: CreditTransferFormat): URL {
  return new URL(`${format}.xsd`, folder);
}

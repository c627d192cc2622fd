import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  XmlBufferInputProvider,
  XmlDocument,
  XmlValidateError,
  xmlRegisterInputProvider,
  XsdValidator,
} from 'libxml2-wasm';
import type { XmlNode } from 'libxml2-wasm';

const SCHEMAS = new URL('ubl-2.1-xsd/', import.meta.url);

/** OASIS's own schemas, compressed and otherwise as they were published; they import each other by file name. */
const schemas = new Map(
  readdirSync(SCHEMAS)
    .filter((file) => file.endsWith('.xsd.gz'))
    .map((file) => [file.slice(0, -3), gunzipSync(readFileSync(new URL(file, SCHEMAS)))]),
);

const NAMESPACES = {
  cac: 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
  cbc: 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
};

const provider = new XmlBufferInputProvider(
  Object.fromEntries(
    Array.from(schemas, ([file, bytes]) => [`ubl/common/${file}`, bytes] as const),
  ),
);
xmlRegisterInputProvider(provider);

const validators = new Map<string, XsdValidator>();

function validatorOf(root: 'Invoice' | 'CreditNote'): XsdValidator {
  const known = validators.get(root);
  if (known !== undefined) return known;
  const file = `UBL-${root}-2.1.xsd`;
  const bytes = schemas.get(file);
  if (bytes === undefined) throw new Error(`${file} is missing`);
  using schema = XmlDocument.fromBuffer(bytes, { url: `ubl/maindoc/${file}` });
  const validator = XsdValidator.fromDoc(schema);
  validators.set(root, validator);
  return validator;
}

/** What the UBL 2.1 schema says against it. */
export function schemaErrors(xml: string): readonly string[] {
  using document = XmlDocument.fromString(xml);
  try {
    validatorOf(document.root.name === 'Invoice' ? 'Invoice' : 'CreditNote').validate(document);
    return [];
  } catch (error) {
    if (error instanceof XmlValidateError) return error.details.map((detail) => detail.message);
    throw error;
  }
}

/**
 * A rule holds when its XPath 1.0 test is true of every node of its context; one without nodes holds.
 * In the test of a VAT group, `$rate` stands for the group's rate.
 */
export interface Rule {
  readonly id: string;
  readonly context: string;
  readonly test: string;
}

/** The ids of the rules that the document breaks. */
export function brokenRules(xml: string, rules: readonly Rule[]): readonly string[] {
  using document = XmlDocument.fromString(xml);
  return rules
    .filter((rule) =>
      document
        .find(rule.context, NAMESPACES)
        .some((node) => node.eval(`boolean(${testOf(rule, node)})`, NAMESPACES) !== true),
    )
    .map((rule) => rule.id);
}

function testOf(rule: Rule, node: XmlNode): string {
  if (!rule.test.includes('$rate')) return rule.test;
  const rate = node.eval('string(cac:TaxCategory/cbc:Percent)', NAMESPACES);
  return rule.test.replaceAll('$rate', asText(rate));
}

/** The text at an XPath, of the first node. */
export function textAt(xml: string, path: string): string {
  using document = XmlDocument.fromString(xml);
  return asText(document.eval(`string(${path})`, NAMESPACES));
}

export function textsAt(xml: string, path: string): readonly string[] {
  using document = XmlDocument.fromString(xml);
  return document.find(path, NAMESPACES).map((node) => node.content);
}

/** What XPath's `string()` gives. */
function asText(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('XPath gave no string');
  return value;
}

import sax from 'sax';
import type { SAXParser } from 'sax';

export interface XmlElement {
  /** Without a prefix. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Trimmed. */
  readonly text: string;
  readonly children: readonly XmlElement[];
  readonly line: number;
  /** As in XPath, `/Document/BkToCstmrStmt/Stmt/Ntry[2]`. */
  readonly path: string;
}

export type XmlReading =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly line: number; readonly problem: string };

interface OpenElement {
  readonly element: XmlElement & { text: string; children: XmlElement[] };
  readonly counts: Map<string, number>;
}

/** A bank's message nests about fifteen deep. */
const MAX_DEPTH = 40;
const CHUNK_BYTES = 65_536;

/**
 * The elements of these names of an XML document, below the outer two; others are passed over with all that is
 * in them. A document type declaration is refused, so there are no entities to expand and nothing to fetch. Never throws on bad XML.
 */
export function readXml(bytes: Uint8Array, names: ReadonlySet<string>): XmlReading {
  const parser = new sax.SAXParser(true, saxOptions);
  try {
    const tree = new Tree(parser, names);
    const decoder = new TextDecoder(encodingOf(bytes), { fatal: true });
    for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
      parser.write(decoder.decode(bytes.subarray(start, start + CHUNK_BYTES), { stream: true }));
    }
    parser.write(decoder.decode()).close();
    return { ok: true, root: tree.root() };
  } catch (error) {
    return { ok: false, line: parser.line + 1, problem: problemOf(error) };
  }
}

/** `strictEntities`: the five of XML and no more. */
const saxOptions = { strictEntities: true, position: true };

/** Builds the elements from what the parser tells. */
class Tree {
  readonly #parser: SAXParser;
  readonly #names: ReadonlySet<string>;
  readonly #open: OpenElement[] = [];
  /** How deep we are in an element that is passed over. */
  #passing = 0;
  #root: XmlElement | null = null;

  constructor(parser: SAXParser, names: ReadonlySet<string>) {
    this.#parser = parser;
    this.#names = names;
    Object.assign(parser, this.#handlers());
  }

  #handlers(): Partial<SAXParser> {
    return {
      onerror: (error) => {
        throw new XmlProblem(error.message.split('\n')[0] ?? 'not well formed');
      },
      ondoctype: () => {
        throw new XmlProblem('it has a document type declaration, which no bank message has');
      },
      onopentag: ({ name, attributes }) =>
        this.#begin(localName(name), new Map(Object.entries<unknown>(attributes).filter(isText))),
      onclosetag: () => this.#end(),
      ontext: (text) => this.#addText(text),
      oncdata: (text) => this.#addText(text),
    };
  }

  root(): XmlElement {
    if (this.#root === null) throw new XmlProblem('it has no elements');
    return this.#root;
  }

  #begin(name: string, attributes: ReadonlyMap<string, string>): void {
    if (this.#open.length + this.#passing >= MAX_DEPTH) {
      throw new XmlProblem(`its elements nest more than ${MAX_DEPTH} deep`);
    }
    if (this.#passing > 0 || !this.#keeps(name)) {
      this.#passing += 1;
      return;
    }
    const parent = this.#open.at(-1);
    if (parent === undefined && this.#root !== null) {
      throw new XmlProblem('it has two root elements, so it is more than one file');
    }
    const count = (parent?.counts.get(name) ?? 0) + 1;
    parent?.counts.set(name, count);
    const path = `${parent?.element.path ?? ''}/${name}${count === 1 ? '' : `[${count}]`}`;
    const line = this.#parser.line + 1;
    const element = { name, attributes, text: '', children: [], line, path };
    parent?.element.children.push(element);
    this.#root ??= element;
    this.#open.push({ element, counts: new Map() });
  }

  /** The outer two say what kind of file it is, so they are kept whatever their names. */
  #keeps(name: string): boolean {
    return this.#open.length < 2 || this.#names.has(name);
  }

  #end(): void {
    if (this.#passing > 0) {
      this.#passing -= 1;
      return;
    }
    const closed = this.#open.pop();
    if (closed !== undefined) closed.element.text = closed.element.text.trim();
  }

  #addText(text: string): void {
    const open = this.#open.at(-1);
    if (open !== undefined && this.#passing === 0) open.element.text += text;
  }
}

class XmlProblem extends Error {
  override readonly name = 'XmlProblem';
}

function problemOf(error: unknown): string {
  if (error instanceof XmlProblem) return error.message;
  // Of the decoder: an encoding it doesn't know, or bytes that aren't in it.
  if (error instanceof RangeError || error instanceof TypeError) return error.message;
  throw error;
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  return /<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/.exec(start)?.[1] ?? 'utf-8';
}

function isText(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string';
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The elements at the end of the path of names, below all elements that lie on it. */
export function elementsAt(
  element: XmlElement,
  ...names: readonly string[]
): readonly XmlElement[] {
  return names.reduce<readonly XmlElement[]>(
    (elements, name) =>
      elements.flatMap(({ children }) => children.filter((child) => child.name === name)),
    [element],
  );
}

/** The first of them. */
export function elementAt(element: XmlElement, ...names: readonly string[]): XmlElement | null {
  return elementsAt(element, ...names)[0] ?? null;
}

/** Null when there is no such element, or nothing in it. */
export function textAt(element: XmlElement, ...names: readonly string[]): string | null {
  const text = elementAt(element, ...names)?.text ?? '';
  return text === '' ? null : text;
}

/** `line 12, /Document/…/Ntry[2]`. */
export function placeOf({ line, path }: XmlElement): string {
  return `line ${line}, ${path}`;
}

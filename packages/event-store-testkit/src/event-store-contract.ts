import { describe, test } from 'vitest';
import { appending } from './contract/appending.ts';
import { concurrency } from './contract/concurrency.ts';
import { content } from './contract/content.ts';
import { deciding } from './contract/deciding.ts';
import { importingSection, type ImportedPositions } from './contract/importing.ts';
import { reading } from './contract/reading.ts';
import { repeating } from './contract/repeating.ts';
import { subscribing } from './contract/subscribing.ts';
import type { ContractSection, ContractTest, OpenedForTest } from './contract-test.ts';

export interface ContractOptions {
  readonly name: string;
  readonly open: () => Promise<OpenedForTest>;
  /** For a store that takes over the log of another: whether events keep their positions. */
  readonly importing?: { readonly positions: ImportedPositions };
  /** What the store can't do, and why. The tests are named as `section > test`; an unknown name is an error. */
  readonly skip?: readonly { readonly reason: string; readonly tests: readonly string[] }[];
}

const sections = [appending, repeating, content, reading, subscribing, concurrency, deciding];

/** Declares the tests that every event store passes. */
export function eventStoreContract({ name, open, importing, skip = [] }: ContractOptions): void {
  const reasons = new Map(skip.flatMap(({ reason, tests }) => tests.map((test) => [test, reason])));
  const wanted = sectionsOf(importing);
  checkNames(wanted, [...reasons.keys()]);
  describe(`${name} keeps the contract of an event store`, () => {
    for (const { title, tests } of wanted) {
      describe(title, () => {
        for (const contractTest of tests) {
          declare(contractTest, reasons.get(fullName(title, contractTest)), open);
        }
      });
    }
  });
}

/** Before anything is declared: the inside of a `describe` runs later. */
function checkNames(wanted: readonly ContractSection[], skipped: readonly string[]): void {
  const known = new Set(
    wanted.flatMap(({ title, tests }) => tests.map((test) => fullName(title, test))),
  );
  const unknown = skipped.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Error(`No such tests in the contract: ${unknown.join('; ')}`);
}

function fullName(title: string, { name }: ContractTest): string {
  return `${title} > ${name}`;
}

function sectionsOf(importing: ContractOptions['importing']): readonly ContractSection[] {
  return importing === undefined ? sections : [...sections, importingSection(importing.positions)];
}

function declare(
  { name, run }: ContractTest,
  reason: string | undefined,
  open: () => Promise<OpenedForTest>,
): void {
  if (reason !== undefined) {
    test.skip(`${name} (skipped: ${reason})`, () => {});
    return;
  }
  test(name, async () => {
    const opened = await open();
    try {
      await run(opened);
    } finally {
      await opened.cleanUp();
    }
  });
}

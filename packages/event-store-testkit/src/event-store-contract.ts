import { describe, test } from 'vitest';
import { appending } from './contract/appending.ts';
import { concurrency } from './contract/concurrency.ts';
import { content } from './contract/content.ts';
import { deciding } from './contract/deciding.ts';
import { reading } from './contract/reading.ts';
import { repeating } from './contract/repeating.ts';
import { subscribing } from './contract/subscribing.ts';
import type { ContractTest, OpenedForTest } from './contract-test.ts';

export interface ContractOptions {
  readonly name: string;
  readonly open: () => Promise<OpenedForTest>;
  /** What the store can't do, and why. The tests are named as `section > test`; an unknown name is an error. */
  readonly skip?: readonly { readonly reason: string; readonly tests: readonly string[] }[];
}

const sections = [appending, repeating, content, reading, subscribing, concurrency, deciding];

/** Declares the tests that every event store passes. */
export function eventStoreContract({ name, open, skip = [] }: ContractOptions): void {
  const reasons = new Map(skip.flatMap(({ reason, tests }) => tests.map((test) => [test, reason])));
  describe(`${name} keeps the contract of an event store`, () => {
    for (const { title, tests } of sections) {
      describe(title, () => {
        for (const contractTest of tests) {
          const fullName = `${title} > ${contractTest.name}`;
          const reason = reasons.get(fullName);
          reasons.delete(fullName);
          declare(contractTest, reason, open);
        }
      });
    }
    if (reasons.size > 0) {
      throw new Error(`No such tests in the contract: ${[...reasons.keys()].join('; ')}`);
    }
  });
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

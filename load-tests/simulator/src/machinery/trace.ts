import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';

/** What happened in a run, step by step. Two runs of one seed have the same. */
export class Trace {
  readonly #hash = createHash('sha256');
  readonly #lines: string[] = [];
  readonly #print: boolean;
  #count = 0;

  constructor(print: boolean) {
    this.#print = print;
  }

  add(line: string): void {
    this.#count += 1;
    const told = `${String(this.#count).padStart(5)} ${new Date().toISOString()} ${line}`;
    this.#hash.update(told).update('\n');
    this.#lines.push(told);
    if (this.#lines.length > 400) this.#lines.splice(0, 200);
    if (this.#print) writeSync(1, `${told}\n`);
  }

  get steps(): number {
    return this.#count;
  }

  last(count: number): readonly string[] {
    return this.#lines.slice(-count);
  }

  hash(): string {
    return this.#hash.copy().digest('hex');
  }
}

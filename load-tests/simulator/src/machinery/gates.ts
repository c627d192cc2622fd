import type { Random } from './random.ts';

/** Where a process stands still until it is its turn: around everything that it does outside itself. */
export interface Gate {
  readonly owner: string;
  readonly what: GateKind;
  readonly about: string;
  open(way: Way): void;
  /** The process ends here. */
  end(): void;
}

export type GateKind =
  | 'before_append'
  | 'after_append'
  | 'before_read'
  | 'before_batch'
  | 'before_transaction'
  | 'before_commit'
  | 'after_commit'
  | 'before_spool'
  | 'after_spool'
  | 'before_query'
  | 'vault';

/** `fail`: what is asked of the other side fails, or its answer gets lost. */
export type Way = 'go' | 'fail';

/** What a process meets that was killed: it does nothing outside itself any more. */
export class ProcessEnded extends Error {
  override readonly name = 'ProcessEnded';
  readonly code = 'process_ended';
}

/** All that stands still. */
export class Gates {
  readonly #random: Random;
  /** How many of the steps outside stand still at all; the others go on at once. */
  readonly #share: number;
  #closed: Gate[] = [];
  /** In fair weather nothing stands still. */
  open = false;

  constructor(random: Random, share: number) {
    this.#random = random;
    this.#share = share;
  }

  get closed(): readonly Gate[] {
    return this.#closed;
  }

  pass(owner: string, what: GateKind, about: string): Promise<Way> {
    if (this.open || !this.#random.chance(this.#share)) return Promise.resolve('go');
    return new Promise((resolve, reject) => {
      const gate: Gate = {
        owner,
        what,
        about,
        open: (way) => {
          this.#remove(gate);
          resolve(way);
        },
        end: () => {
          this.#remove(gate);
          reject(new ProcessEnded(`${owner} was killed.`));
        },
      };
      this.#closed.push(gate);
    });
  }

  openAll(): void {
    for (const gate of this.#closed) gate.open('go');
  }

  endAllOf(owner: string): void {
    for (const gate of this.#closed) if (gate.owner === owner) gate.end();
  }

  #remove(gate: Gate): void {
    this.#closed = this.#closed.filter((other) => other !== gate);
  }
}

import { createHash } from 'node:crypto';

/** Before the first event: 32 zero bytes. */
const START: Buffer = Buffer.alloc(32);

export interface ChainLink {
  readonly events: number;
  /** In hexadecimal. */
  readonly hash: string;
}

/**
 * A hash over lines in which each takes the one before in: `hash = SHA-256(hash before ‖ line)`, the line in UTF-8
 * without its end. Two logs with the same hash after n lines have the same n lines.
 */
export class EventChain {
  #hash = START;
  #events = 0;

  /** Goes on after `before`; default: at the beginning. */
  constructor(before?: ChainLink) {
    if (before === undefined) return;
    this.#hash = Buffer.from(before.hash, 'hex');
    this.#events = before.events;
  }

  add(line: string | Uint8Array): void {
    this.#hash = createHash('sha256').update(this.#hash).update(line).digest();
    this.#events += 1;
  }

  get events(): number {
    return this.#events;
  }

  /** In hexadecimal. */
  get hash(): string {
    return this.#hash.toString('hex');
  }
}

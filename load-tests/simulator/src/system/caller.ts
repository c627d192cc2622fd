import { ProcessEnded, type GateKind, type Gates, type Way } from '../machinery/gates.ts';

/** A process as the things outside it know it. Once it has ended, none of its calls reaches them. */
export class Caller {
  readonly name: string;
  readonly #gates: Gates;
  readonly #ended = Promise.withResolvers<'ended'>();
  readonly #stop = new AbortController();
  #hasEnded = false;
  /** What it writes now is its last, and nobody hears how that went. */
  isDying = false;

  constructor(name: string, gates: Gates) {
    this.name = name;
    this.#gates = gates;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Aborts when the process ends. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Resolves when the process ends. */
  get ended(): Promise<'ended'> {
    return this.#ended.promise;
  }

  /** Stands still until it is its turn. Throws `ProcessEnded` when that never comes. */
  async pass(what: GateKind, about = ''): Promise<Way> {
    this.mustLive();
    const way = await this.#gates.pass(this.name, what, about);
    this.mustLive();
    return way;
  }

  mustLive(): void {
    if (this.#hasEnded) throw new ProcessEnded(`${this.name} was killed.`);
  }

  mustNotBeDying(): void {
    if (this.isDying) throw new ProcessEnded(`${this.name} dies.`);
  }

  end(): void {
    this.#hasEnded = true;
    this.#gates.endAllOf(this.name);
    this.#ended.resolve('ended');
    this.#stop.abort();
  }
}

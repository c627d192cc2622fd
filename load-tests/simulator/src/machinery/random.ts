/** Numbers that follow from a seed, and nothing else (sfc32, Chris Doty-Humphrey, PractRand). */
export class Random {
  readonly #state: Uint32Array;

  constructor(seed: number | string) {
    this.#state = new Uint32Array(4);
    this.#state[3] = 1;
    const text = String(seed);
    for (let index = 0; index < text.length; index += 1) {
      const place = index % 3;
      this.#state[place] = ((this.#state[place] ?? 0) * 31 + text.charCodeAt(index)) >>> 0;
    }
    for (let warm = 0; warm < 20; warm += 1) this.next();
  }

  /** A whole number from 0 to 2³² − 1. */
  next(): number {
    const [a = 0, b = 0, c = 0, counter = 0] = this.#state;
    const result = (a + b + counter) >>> 0;
    this.#state[0] = b ^ (b >>> 9);
    this.#state[1] = (c + (c << 3)) >>> 0;
    this.#state[2] = (((c << 21) | (c >>> 11)) + result) >>> 0;
    this.#state[3] = (counter + 1) >>> 0;
    return result;
  }

  /** From 0 up to 1. */
  fraction(): number {
    return this.next() / 2 ** 32;
  }

  /** A whole number from `least` to `most`, both inclusive. */
  between(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.between(0, items.length - 1)];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  }

  /** A name by its weight; at least one weight is above zero. */
  weighted<Name extends string>(weights: Readonly<Partial<Record<Name, number>>>): Name {
    const entries = Object.entries<number | undefined>(weights);
    const total = entries.reduce((sum, [, weight = 0]) => sum + weight, 0);
    let rest = this.fraction() * total;
    for (const name in weights) {
      rest -= weights[name] ?? 0;
      if (rest < 0) return name;
    }
    throw new Error('No weight is above zero.');
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.next() & 255);
  }
}

/** A seeded source of chance: the same seed gives the same sequence on every machine. */
export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** A whole number, both ends inclusive. */
  between(lowest: number, highest: number): number;
  /** True with this probability. */
  hits(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** Picks by weight; weights needn't add up to anything. */
  weighted<Item>(items: readonly (readonly [Item, number])[]): Item;
  uuid(): string;
  hex(length: number): string;
}

export function seededChance(seed: number): Chance {
  const next = mulberry32(seed);
  const between = (lowest: number, highest: number) =>
    lowest + Math.floor(next() * (highest - lowest + 1));
  const hex = (length: number) =>
    Array.from({ length }, () => between(0, 15).toString(16)).join('');
  return {
    next,
    between,
    hex,
    hits: (probability) => next() < probability,
    pick: (items) => itemAt(items, Math.floor(next() * items.length)),
    weighted: (items) => pickWeighted(items, next()),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${between(8, 11).toString(16)}${hex(3)}-${hex(12)}`,
  };
}

/** The well-known 32-bit generator; good enough for samples, and exact in every JavaScript engine. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function pickWeighted<Item>(items: readonly (readonly [Item, number])[], draw: number): Item {
  const total = items.reduce((sum, [, weight]) => sum + weight, 0);
  let left = draw * total;
  for (const [item, weight] of items) {
    left -= weight;
    if (left < 0) return item;
  }
  return itemAt(items, items.length - 1)[0];
}

function itemAt<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError(`nothing to pick at ${index} of ${items.length}`);
  return item;
}

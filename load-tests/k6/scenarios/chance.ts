/** One of them; throws when there is none. */
export function oneOf<Item>(items: readonly Item[]): Item {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) throw new Error('there is nothing to choose from');
  return item;
}

export function happens(share: number): boolean {
  return Math.random() < share;
}

/** An address from the range that is set apart for benchmarks (RFC 2544). */
export function anyAddress(): string {
  const part = (size: number) => String(Math.floor(Math.random() * size));
  return `198.${String(18 + Math.floor(Math.random() * 2))}.${part(256)}.${part(256)}`;
}

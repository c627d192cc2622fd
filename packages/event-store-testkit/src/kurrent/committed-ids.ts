interface Place {
  readonly stream: string;
  readonly revision: number;
}

/** What the server remembers of ids in memory, for appends that expect any revision. */
export class CommittedIds {
  readonly #places = new Map<string, Place>();

  add(id: string, stream: string, revision: number): void {
    this.#places.set(id, { stream, revision });
  }

  clear(): void {
    this.#places.clear();
  }

  /** `last`: the revision of the last of these events, which are there already. */
  verdictOf(stream: string, ids: readonly string[]): 'write' | 'wrong' | { readonly last: number } {
    let last: number | null = null;
    for (const [index, id] of ids.entries()) {
      const place = this.#places.get(id);
      if (place === undefined || place.stream !== stream) return index === 0 ? 'write' : 'wrong';
      last = place.revision;
    }
    return last === null ? 'write' : { last };
  }
}

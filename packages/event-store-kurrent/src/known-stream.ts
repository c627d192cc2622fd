/** What this process knows of a stream: enough to tell a repeat, and to expect an exact revision. */
export class KnownStream {
  readonly #maxIds: number;
  readonly #revisions = new Map<string, number>();
  /** It exists, but where it stands isn't known. */
  isUncertain = false;
  #last: number | null;
  #since: number;

  /** `since`: when the knowledge was sought, by the clock of `KnownStreams`. */
  constructor(last: number | null, since: number, maxIds: number) {
    this.#last = last;
    this.#since = since;
    this.#maxIds = maxIds;
  }

  /** The last revision; null: no such stream. */
  get last(): number | null {
    return this.#last;
  }

  get idCount(): number {
    return this.#revisions.size;
  }

  /** Whether it was so at some moment after this. */
  isSince(moment: number): boolean {
    return this.#since >= moment;
  }

  confirm(since: number): void {
    this.#since = Math.max(this.#since, since);
  }

  /** Where an id stands in the stream; undefined when it isn't among the last that are remembered. */
  revisionOf(id: string): number | undefined {
    return this.#revisions.get(id);
  }

  /** Takes the events that follow on what is known; others it knows already. Oldest first. */
  extend(events: readonly { readonly id: string; readonly revision: number }[]): void {
    for (const { id, revision } of events) {
      if (this.#last !== null && revision <= this.#last) continue;
      this.#revisions.set(id, revision);
      this.#last = revision;
    }
    this.#forgetOldest();
  }

  /** The last revision is this by the server's word, though the events up to it can't be read. */
  skipTo(last: number): void {
    this.isUncertain = false;
    const hasRead = this.#revisions.size > 0 && this.#last !== null;
    this.#last = hasRead ? Math.max(this.#last ?? last, last) : last;
  }

  #forgetOldest(): void {
    for (const id of this.#revisions.keys()) {
      if (this.#revisions.size <= this.#maxIds) return;
      this.#revisions.delete(id);
    }
  }
}

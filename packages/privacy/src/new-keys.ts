/**
 * Makes keys for new subjects, those of one turn of the event loop together: each change of the vault waits for the
 * disk several times, and a payout run seals documents for thousands of new subjects.
 */
export class NewKeys {
  readonly #make: (subjects: ReadonlySet<string>) => Promise<void>;
  #wanted: Wanted | null = null;

  /** `make` rejects when it made none. */
  constructor(make: (subjects: ReadonlySet<string>) => Promise<void>) {
    this.#make = make;
  }

  /** Resolves when the subject has a key. */
  async add(subject: string): Promise<void> {
    if (this.#wanted === null) {
      this.#wanted = { subjects: new Set(), made: Promise.withResolvers() };
      setImmediate(() => {
        void this.flush();
      });
    }
    this.#wanted.subjects.add(subject);
    await this.#wanted.made.promise;
  }

  /** Makes what was asked for, now. */
  async flush(): Promise<void> {
    if (this.#wanted === null) return;
    const { subjects, made } = this.#wanted;
    this.#wanted = null;
    try {
      await this.#make(subjects);
      made.resolve();
    } catch (error) {
      made.reject(error);
    }
  }
}

interface Wanted {
  readonly subjects: Set<string>;
  readonly made: PromiseWithResolvers<void>;
}

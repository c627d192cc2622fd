/**
 * Writes of one transaction that nobody waits for one by one: a server far away does them in the order in which they
 * were sent, while what comes next is worked out.
 */
export class WritesUnderWay {
  readonly #writes: Promise<unknown>[] = [];
  #failed = false;
  #failure: unknown;

  add(write: Promise<unknown>): void {
    this.#writes.push(
      write.catch((error: unknown) => {
        if (!this.#failed) this.#failure = error;
        this.#failed = true;
      }),
    );
  }

  /** Resolves when all are done; throws what the first of them that failed threw, which is why others fail too. */
  async done(): Promise<void> {
    await Promise.all(this.#writes.splice(0));
    if (this.#failed) throw this.#failure;
  }
}

/**
 * Does several things at once, each to its end: when one fails, none may still write while the transaction is rolled
 * back.
 */
export async function together<Results extends readonly unknown[]>(
  ...doings: { readonly [Index in keyof Results]: Promise<Results[Index]> }
): Promise<Results> {
  await Promise.allSettled(doings);
  return Promise.all(doings);
}

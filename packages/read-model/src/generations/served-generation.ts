import type { OpenedReadModel } from '../opened-read-model.ts';
import type { ReadModel } from '../read-model.ts';
import type { Generation } from './generation.ts';

/** A generation that queries are answered from; closes after the last of them. */
export class ServedGeneration {
  readonly generation: Generation;
  readonly #opened: OpenedReadModel;
  readonly #unused = Promise.withResolvers<void>();
  #queries = 0;
  #isClosing = false;

  constructor(generation: Generation, opened: OpenedReadModel) {
    this.generation = generation;
    this.#opened = opened;
  }

  async position(): Promise<number> {
    return (await this.#opened.database.checkpoint()).position;
  }

  async use<Result>(query: (model: ReadModel) => Promise<Result>): Promise<Result> {
    this.#queries += 1;
    try {
      return await query(this.#opened.readModel);
    } finally {
      this.#queries -= 1;
      if (this.#isClosing && this.#queries === 0) this.#unused.resolve();
    }
  }

  /** Begins no query after this. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#queries > 0) await this.#unused.promise;
    await this.#opened.close();
  }
}

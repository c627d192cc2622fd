import { pause } from '@provisie/event-store';
import type { ReadModel } from '../read-model.ts';
import { generationInTheMaking, generationToRead } from './choose-generation.ts';
import { ReadModelBuildingError } from './errors.ts';
import { isSameGeneration, type BuildProgress, type Generation } from './generation.ts';
import type { ReadModelHome } from './read-model-home.ts';
import { ServedGeneration } from './served-generation.ts';
import { switchingReadModel } from './switching-read-model.ts';

/** The read model as a process that reads holds it: always that of the live generation. */
export interface LiveReadModel {
  /**
   * Reads the generation that is live when a query begins, and each query to its end in one. Throws
   * `ReadModelBuildingError` while there is none.
   */
  readonly readModel: ReadModel;
  /** What is read now; null while there is nothing to read. */
  generation(): Generation | null;
  /** Resolves true as soon as there is something to read, false when `timeoutMs` has passed first. */
  readable(timeoutMs: number): Promise<boolean>;
  /** Waits for the queries under way. */
  close(): Promise<void>;
}

export interface LiveReadModelOptions {
  readonly home: ReadModelHome;
  /** What went wrong while looking for another generation; it goes on by itself. */
  readonly onError: (error: unknown) => void;
}

const POLL_MS = 200;
const POLL_WHILE_UNREADABLE_MS = 50;
/** A generation that doesn't get as far as the one before in this time is read all the same. */
const CATCH_UP_PATIENCE_MS = 10_000;

/** Opens the live generation and changes over by itself, between two queries, when another becomes it. */
export async function openLiveReadModel(options: LiveReadModelOptions): Promise<LiveReadModel> {
  const live = new Live(options);
  await live.look();
  const stop = new AbortController();
  const looking = live.keepLooking(stop.signal);
  return {
    readModel: switchingReadModel(live),
    generation: () => live.current?.generation ?? null,
    readable: async (timeoutMs) => {
      const { current, changed } = live;
      if (current === null) await pause(timeoutMs, AbortSignal.any([changed, stop.signal]));
      return live.current !== null;
    },
    close: async () => {
      stop.abort();
      await looking;
      await live.close();
    },
  };
}

function isWithdrawn(served: ServedGeneration | null, generations: readonly Generation[]): boolean {
  return generations.some(
    (generation) =>
      generation.state === 'retired' &&
      served !== null &&
      isSameGeneration(served.generation, generation),
  );
}

/** A version builds its first again only when the one it had was withdrawn, which may have stood further on. */
function isInPlaceOfWithdrawn(next: ServedGeneration, before: ServedGeneration): boolean {
  const { version, purpose } = next.generation;
  return purpose === 'first' && version === before.generation.version;
}

class Live {
  readonly #options: LiveReadModelOptions;
  readonly #retiring = new Set<Promise<void>>();
  #current: ServedGeneration | null = null;
  #next: ServedGeneration | null = null;
  #nextSince = 0;
  #progress: BuildProgress | null = null;
  #changed = new AbortController();

  constructor(options: LiveReadModelOptions) {
    this.#options = options;
  }

  get current(): ServedGeneration | null {
    return this.#current;
  }

  /** Aborts when another generation is read. */
  get changed(): AbortSignal {
    return this.#changed.signal;
  }

  async use<Result>(query: (model: ReadModel) => Promise<Result>): Promise<Result> {
    if (this.#current === null) throw new ReadModelBuildingError(this.#progress);
    return this.#current.use(query);
  }

  async keepLooking(signal: AbortSignal): Promise<void> {
    let failing = false;
    for (;;) {
      await pause(this.#current === null ? POLL_WHILE_UNREADABLE_MS : POLL_MS, signal);
      if (signal.aborted) return;
      try {
        await this.look();
        failing = false;
      } catch (error) {
        if (!failing) this.#options.onError(error);
        failing = true;
      }
    }
  }

  async look(): Promise<void> {
    const { home } = this.#options;
    const generations = await home.generations();
    this.#progress = generationInTheMaking(generations, home.version)?.progress ?? null;
    const wanted = generationToRead(generations, home.version, home.readableVersions);
    if (wanted === null) {
      await this.#dropNext();
      // One that is gone is read on as long as that works: there is nothing better. One that was withdrawn is wrong.
      if (isWithdrawn(this.#current, generations)) this.#changeOver();
      return;
    }
    if (this.#current !== null && isSameGeneration(this.#current.generation, wanted)) {
      await this.#dropNext();
      return;
    }
    await this.#prepare(wanted);
    if (await this.#nextIsAsFar()) this.#changeOver();
  }

  async #prepare(wanted: Generation): Promise<void> {
    if (this.#next !== null && isSameGeneration(this.#next.generation, wanted)) return;
    await this.#dropNext();
    const { home } = this.#options;
    this.#next = new ServedGeneration(wanted, await home.open(wanted, 'read'));
    this.#nextSince = performance.now();
  }

  /** So that nobody sees less than they saw before. */
  async #nextIsAsFar(): Promise<boolean> {
    if (this.#current === null || this.#next === null) return true;
    if (isInPlaceOfWithdrawn(this.#next, this.#current)) return true;
    if (performance.now() - this.#nextSince > CATCH_UP_PATIENCE_MS) return true;
    try {
      const before = await this.#current.position();
      return (await this.#next.position()) >= before;
    } catch {
      // Either can't be read: the new one is the better bet.
      return true;
    }
  }

  #changeOver(): void {
    const before = this.#current;
    this.#current = this.#next;
    this.#next = null;
    this.#changed.abort();
    this.#changed = new AbortController();
    if (before !== null) this.#retire(before);
  }

  async #dropNext(): Promise<void> {
    const next = this.#next;
    this.#next = null;
    await next?.close();
  }

  #retire(served: ServedGeneration): void {
    const closing = served
      .close()
      .catch(this.#options.onError)
      .finally(() => this.#retiring.delete(closing));
    this.#retiring.add(closing);
  }

  async close(): Promise<void> {
    await this.#dropNext();
    if (this.#current !== null) this.#retire(this.#current);
    this.#current = null;
    await Promise.all(this.#retiring);
  }
}

import type { Fact } from '@provisie/domain';
import { readFact, type RecordedEvent } from '@provisie/event-store';
import { applyFacts } from './apply-events.ts';
import { breatheEvery } from './breathe.ts';
import { EntityCache } from './entity-cache.ts';
import { ProjectionTakenOverError, UnreadableEventError } from './errors.ts';
import type { ReadModelDatabase } from './read-model-database.ts';
import { insertion, statement, type Session } from './session.ts';

/** `stop`: throws `UnreadableEventError` and applies nothing of the batch. `set_aside`: keeps it in `quarantine`. */
export type UnreadableEvents = 'stop' | 'set_aside';

export interface ProjectionOptions {
  readonly unreadable: UnreadableEvents;
  readonly onSetAside?: (error: UnreadableEventError) => void;
  /** How long the projection may keep the event loop to itself. */
  readonly sliceMs?: number;
  readonly now: () => number;
}

const DEFAULT_SLICE_MS = 8;

const moveCheckpoint = statement((db) =>
  db
    .updateTable('checkpoint')
    .set({ position: 0, handled_at: 0, last_recorded_at: 0 })
    .where('name', '=', 'read_model')
    .where('position', '=', 0)
    .returning('position')
    .compile(),
);
const setAside = insertion('quarantine', 'replace');

/** Applies batches of the log to the tables, each in one transaction with the checkpoint. */
export class Projection {
  readonly #database: ReadModelDatabase;
  readonly #options: ProjectionOptions;
  #position: number;
  #cache: EntityCache | null = null;

  private constructor(database: ReadModelDatabase, options: ProjectionOptions, position: number) {
    this.#database = database;
    this.#options = options;
    this.#position = position;
  }

  /** Goes on where the checkpoint stands. */
  static async resume(
    database: ReadModelDatabase,
    options: ProjectionOptions,
  ): Promise<Projection> {
    const { position } = await database.checkpoint();
    return new Projection(database, options, position);
  }

  /** The position of the last event handled. */
  get position(): number {
    return this.#position;
  }

  /**
   * Applies the events after `this.position`, in log order. Throws `ProjectionTakenOverError` when another
   * projector moved the checkpoint; whatever it throws, nothing of the batch was written.
   */
  async apply(events: readonly RecordedEvent[]): Promise<void> {
    const last = events.at(-1);
    if (last === undefined) return;
    const { facts, unreadable } = this.#read(events);
    const breathe = breatheEvery(this.#options.sliceMs ?? DEFAULT_SLICE_MS);
    try {
      await this.#database.transaction(async (session) => {
        await this.#moveTo(session, last);
        this.#cache ??= await EntityCache.load(session);
        await setAsideAll(session, unreadable);
        await applyFacts(session, this.#cache, facts, breathe);
      });
    } catch (error) {
      this.#cache = null;
      throw error;
    }
    this.#position = last.position;
    this.#database.handled(last.position);
    for (const { error } of unreadable) this.#options.onSetAside?.(error);
  }

  #read(events: readonly RecordedEvent[]): { facts: Fact[]; unreadable: Unreadable[] } {
    const facts: Fact[] = [];
    const unreadable: Unreadable[] = [];
    for (const event of events) {
      try {
        facts.push(readFact(event));
      } catch (cause) {
        const error = new UnreadableEventError(event.position, event.id, { cause });
        if (this.#options.unreadable === 'stop') throw error;
        unreadable.push({ event, error });
      }
    }
    return { facts, unreadable };
  }

  async #moveTo(session: Session, last: RecordedEvent): Promise<void> {
    const moved = await moveCheckpoint(
      session,
      last.position,
      this.#options.now(),
      last.recordedAt,
      'read_model',
      this.#position,
    );
    if (moved.length === 0) throw new ProjectionTakenOverError(this.#position);
  }
}

interface Unreadable {
  readonly event: RecordedEvent;
  readonly error: UnreadableEventError;
}

async function setAsideAll(session: Session, unreadable: readonly Unreadable[]): Promise<void> {
  await setAside(
    session,
    unreadable.map(({ event, error }) => ({
      position: event.position,
      event_id: event.id,
      stream: event.stream,
      type: event.type,
      version: event.version,
      recorded_at: event.recordedAt,
      error: error.message,
    })),
  );
}

import type { Fact } from '@provisie/domain';
import { EventStoreError, readFact, type RecordedEvent } from '@provisie/event-store';
import { applyAhead, applyFacts } from './apply-events.ts';
import { BatchTouches } from '../batch/batch-touches.ts';
import { Batch } from '../batch/batch.ts';
import { breatheEvery, DEFAULT_SLICE_MS, type Breathe } from '../database/breathe.ts';
import { closeDays, lastDayOf } from '../counting/close-days.ts';
import { TouchLoadFailedError, type TouchesAhead } from '../batch/touches-ahead.ts';
import { EntityCache } from '../batch/entity-cache.ts';
import {
  ProjectionTakenOverError,
  UnappliableEventError,
  UnreadableEventError,
} from '../errors.ts';
import { isFaultOfDatabase } from '../database/fault-of-database.ts';
import { holdFence, type Fence } from '../leadership/fence.ts';
import type { ReadModelDatabase } from '../database/read-model-database.ts';
import { insertion, statement, type Session } from '../database/session.ts';

/**
 * What becomes of an event that can't be read, or makes the projections fail. `stop`: `UnreadableEventError` or
 * `UnappliableEventError`. `set_aside`: it is kept in `quarantine` with its error, and the rest goes on.
 */
export type UnreadableEvents = 'stop' | 'set_aside';

export type PoisonError = UnreadableEventError | UnappliableEventError;

export interface ProjectionOptions {
  readonly unreadable: UnreadableEvents;
  readonly onSetAside?: (error: PoisonError) => void;
  /** How long the projection may keep the event loop to itself. */
  readonly sliceMs?: number;
  readonly now: () => number;
  /** Held in every transaction. Without one, the checkpoint alone keeps two projectors apart. */
  readonly fence?: Fence;
  /** Breaks the batch under way off: nothing of it is written. */
  readonly giveUp?: AbortSignal;
}

const moveCheckpoint = statement((db) =>
  db
    .updateTable('checkpoint')
    .set({ position: 0, handled_at: 0, last_recorded_at: 0 })
    .where('name', '=', 'read_model')
    .where('position', '=', 0)
    .returning('closed_day')
    .compile(),
);
const setAside = insertion('quarantine', 'replace');

/** Applies batches of the log to the tables, each in one transaction with the checkpoint. */
export class Projection {
  readonly #database: ReadModelDatabase;
  readonly #options: ProjectionOptions;
  readonly #ahead: TouchesAhead | null;
  #position: number;
  #cache: EntityCache | null = null;

  private constructor(
    database: ReadModelDatabase,
    options: ProjectionOptions,
    position: number,
    ahead: TouchesAhead | null,
  ) {
    this.#database = database;
    this.#options = options;
    this.#position = position;
    this.#ahead = ahead;
  }

  /**
   * Goes on where the checkpoint stands. With touches that are in the tables ahead of it, only other events are to be
   * applied, until `conclude`; when one of them can't be, it throws `TouchLoadFailedError`.
   */
  static async resume(
    database: ReadModelDatabase,
    options: ProjectionOptions,
    ahead: TouchesAhead | null = null,
  ): Promise<Projection> {
    const { position } = await database.checkpoint();
    return new Projection(database, options, position, ahead);
  }

  /** The position of the last event handled. */
  get position(): number {
    return this.#position;
  }

  /**
   * Applies the events after `this.position`, in log order, in one transaction; when one of them makes that fail,
   * in as many as it takes to find it. Throws `ProjectionTakenOverError` when another projector moved the
   * checkpoint or raised the fence. Whatever it throws, what was applied is up to `this.position`.
   */
  async apply(events: readonly RecordedEvent[]): Promise<void> {
    const handledAt = this.#options.now();
    await this.#applyOrDivide(events, handledAt);
  }

  /**
   * Applies the touches ahead up to `end`, the last event of those that they were loaded with, and moves the checkpoint
   * there; `work` is done in the same transaction.
   */
  async conclude(end: Place, work: (session: Session) => Promise<void>): Promise<void> {
    const breathe = this.#breathe();
    await this.#inTransaction(async (session) => {
      const closedDay = await this.#moveTo(session, end, this.#options.now());
      this.#cache ??= await EntityCache.load(session);
      const touches = await BatchTouches.insert(session, [], this.#ahead);
      const batch = new Batch(session, this.#cache, touches, breathe, closedDay);
      await applyAhead(batch, end.position);
      await batch.write();
      await work(session);
    });
    this.#moved(end, []);
  }

  /** Does more in a transaction of its own; the checkpoint stays where it is. */
  async alongside(work: (session: Session, cache: EntityCache) => Promise<void>): Promise<void> {
    await this.#inTransaction(async (session) => {
      this.#cache ??= await EntityCache.load(session);
      await work(session, this.#cache);
    });
  }

  async #applyOrDivide(events: readonly RecordedEvent[], handledAt: number): Promise<void> {
    const [first] = events;
    if (first === undefined) return;
    const failure = await this.#attempt(events, handledAt);
    if (failure === null) return;
    if (events.length === 1) {
      await this.#refuse(first, handledAt);
      return;
    }
    const half = Math.ceil(events.length / 2);
    await this.#applyOrDivide(events.slice(0, half), handledAt);
    await this.#applyOrDivide(events.slice(half), handledAt);
  }

  /**
   * The event failed all by itself. If it fails again while the database can be written to before and after, it is
   * the event.
   */
  async #refuse(event: RecordedEvent, handledAt: number): Promise<void> {
    await this.#inTransaction(async () => {});
    const failure = await this.#attempt([event], handledAt);
    if (failure === null) return;
    const error = new UnappliableEventError(event, failure);
    if (this.#options.unreadable === 'stop') throw error;
    await this.#inTransaction(async (session) => {
      const before = await this.#moveTo(session, event, handledAt);
      const cache = await EntityCache.load(session);
      await this.#close(session, cache, { before, events: [event] }, this.#breathe());
      await setAsideAll(session, [{ event, error }]);
    });
    this.#moved(event, [{ event, error }]);
  }

  /** Null when they are applied; else what an event among them may have caused. Throws what no event can have. */
  async #attempt(events: readonly RecordedEvent[], handledAt: number): Promise<unknown> {
    const last = events.at(-1);
    if (last === undefined) return null;
    const { facts, unreadable } = this.#read(events);
    const breathe = this.#breathe();
    try {
      await this.#inTransaction(async (session) => {
        const before = await this.#moveTo(session, last, handledAt);
        this.#cache ??= await EntityCache.load(session);
        const closedDay = await this.#close(session, this.#cache, { before, events }, breathe);
        await setAsideAll(session, unreadable);
        await applyFacts(session, this.#cache, facts, breathe, closedDay, this.#ahead);
      });
    } catch (error) {
      this.#cache = null;
      if (error instanceof ProjectionTakenOverError || isFaultOfDatabase(error)) throw error;
      if (this.#ahead !== null) throw new TouchLoadFailedError(error);
      return error ?? new Error('nothing was said');
    }
    this.#moved(last, unreadable);
    return null;
  }

  #read(events: readonly RecordedEvent[]): { facts: Fact[]; unreadable: Poison[] } {
    const facts: Fact[] = [];
    const unreadable: Poison[] = [];
    for (const event of events) {
      try {
        facts.push(readFact(event));
      } catch (cause) {
        // Damage to the log is nobody's event: setting it aside would hide it.
        if (cause instanceof EventStoreError && cause.code === 'store_corrupt') throw cause;
        const error = new UnreadableEventError(event, cause);
        if (this.#options.unreadable === 'stop') throw error;
        unreadable.push({ event, error });
      }
    }
    return { facts, unreadable };
  }

  #breathe(): Breathe {
    const { giveUp, sliceMs } = this.#options;
    const breathe = breatheEvery(sliceMs ?? DEFAULT_SLICE_MS);
    return async () => {
      if (giveUp?.aborted === true) throw new ProjectionTakenOverError();
      await breathe();
    };
  }

  async #inTransaction(work: (session: Session) => Promise<void>): Promise<void> {
    const { fence } = this.#options;
    await this.#database.transaction(async (session) => {
      if (fence !== undefined) await holdFence(session, fence);
      await work(session);
    });
  }

  /** Closes the days that are over by what was recorded; resolves to the first that isn't. A build does so in the end. */
  async #close(
    session: Session,
    cache: EntityCache,
    { before, events }: { readonly before: number; readonly events: readonly RecordedEvent[] },
    breathe: Breathe,
  ): Promise<number> {
    const until = this.#ahead === null ? lastDayOf(events) : before;
    if (until <= before) return before;
    await closeDays(session, cache, { from: before, until }, breathe);
    return until;
  }

  /** Resolves to the first day that isn't closed. */
  async #moveTo(session: Session, last: Place, handledAt: number): Promise<number> {
    const [moved] = await moveCheckpoint(
      session,
      last.position,
      handledAt,
      last.recordedAt,
      'read_model',
      this.#position,
    );
    if (moved === undefined) throw new ProjectionTakenOverError();
    return moved.closed_day;
  }

  #moved(last: Place, poison: readonly Poison[]): void {
    this.#position = last.position;
    this.#database.handled(last.position);
    for (const { error } of poison) this.#options.onSetAside?.(error);
  }
}

type Place = Pick<RecordedEvent, 'position' | 'recordedAt'>;

interface Poison {
  readonly event: RecordedEvent;
  readonly error: PoisonError;
}

async function setAsideAll(session: Session, poison: readonly Poison[]): Promise<void> {
  await setAside(
    session,
    poison.map(({ event, error }) => ({
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

import type { RecordedEvent } from '@provisie/event-store';
import { sql, type RawBuilder } from 'kysely';
import { BatchTouches } from '../batch/batch-touches.ts';
import { Batch } from '../batch/batch.ts';
import type { Breathe } from '../database/breathe.ts';
import { NOTHING_CLOSED } from '../counting/close-days.ts';
import { EntityCache } from '../batch/entity-cache.ts';
import { placeOf, uncountTouch } from '../counting/performance-of-touches.ts';
import type { Session } from '../database/session.ts';
import { removeTouchAt } from '../batch/touch-rows.ts';
import { touchOf } from './digest.ts';
import { loadInTransaction, type TouchLoading } from './loading.ts';
import { postpone } from './postponed-events.ts';

/** The places of touches that share an id: to find them takes a sort of all. */
const REPEATED = sql.table('repeated_touches');
const DROP_REPEATED = sql`drop table if exists ${REPEATED}`;
const FIND_REPEATED = sql`
  create table ${REPEATED} as select position from touches where touch_id in
    (select touch_id from touches group by touch_id having count(*) > 1)`;
const CHUNK = 500;

/** Touches of a load that share an id: which of them counts shows when they are applied one by one. */
export class RepeatedTouches {
  readonly #loading: TouchLoading;
  readonly #breathe: Breathe;
  readonly #run: (statements: readonly RawBuilder<unknown>[]) => Promise<void>;

  /** `run`: defines, as the load does. */
  constructor(
    loading: TouchLoading,
    breathe: Breathe,
    run: (statements: readonly RawBuilder<unknown>[]) => Promise<void>,
  ) {
    this.#loading = loading;
    this.#breathe = breathe;
    this.#run = run;
  }

  /** False: there are none. */
  async find(): Promise<boolean> {
    await this.#run([DROP_REPEATED, FIND_REPEATED]);
    return (await this.#after(0)).length > 0;
  }

  /** Leaves those that were found to be applied one by one. */
  async postpone(): Promise<void> {
    let positions = await this.#after(0);
    for (; positions.length > 0; positions = await this.#after(positions.at(-1) ?? 0)) {
      const events = await Promise.all(positions.map((position) => this.#eventAt(position)));
      await loadInTransaction(this.#loading, async (session) => {
        await postpone(session, events);
        await removeTouches(session, events, this.#breathe);
      });
      await this.#breathe();
    }
    await this.forget();
  }

  forget(): Promise<void> {
    return this.#run([DROP_REPEATED]);
  }

  async #after(position: number): Promise<number[]> {
    const { rows } = await sql<{ position: number }>`
      select position from ${REPEATED} where position > ${position} order by position limit ${CHUNK}
    `.execute(this.#loading.database.reading.db);
    return rows.map((row) => row.position);
  }

  async #eventAt(position: number): Promise<RecordedEvent> {
    const event = await this.#loading.store.eventAt(position);
    if (event !== null) return event;
    throw new Error(`The log has nothing at position ${position}, though it was read there.`);
  }
}

/** Takes them from the table, and their clicks from the counts. */
async function removeTouches(
  session: Session,
  events: readonly RecordedEvent[],
  breathe: Breathe,
): Promise<void> {
  const touches = await BatchTouches.insert(session, []);
  const batch = new Batch(session, new EntityCache(), touches, breathe, NOTHING_CLOSED, false);
  for (const event of events) {
    await removeTouchAt(session, event.position);
    const touch = touchOf(event);
    if (touch !== null) await uncountTouch(batch, touch, placeOf(batch.cache, touch));
  }
}

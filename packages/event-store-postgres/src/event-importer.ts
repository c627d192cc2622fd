import type { RecordedEvent } from '@provisie/event-store';
import {
  checkPlace,
  checkRevision,
  checkThere,
  importConflict,
  preparedImport,
} from '@provisie/event-store/adapting';
import type { PreparedEvent } from '@provisie/event-store/adapting';
import type { EventReader } from './event-reader.ts';
import { LogDraft, type LogState, type NewRows } from './log-rows.ts';
import type { LogTransactions } from './log-transactions.ts';

interface PreparedImport {
  readonly recorded: RecordedEvent;
  readonly event: PreparedEvent;
}

const BATCH_SIZE = 500;

/** Somebody appended, or an import whose end wasn't known went through: what is there is to be looked at again. */
class HeadMoved extends Error {
  override readonly name = 'HeadMoved';
}

/**
 * Writes what another store recorded, as it is. All or nothing, durable when it resolves; it may be tried
 * again after any failure that passes. Rejects with `EventStoreError` `import_conflict`.
 */
export async function importEvents(
  events: readonly RecordedEvent[],
  reader: EventReader,
  transactions: LogTransactions,
): Promise<void> {
  const head = await reader.head();
  const isNew = events.findIndex(({ position }) => position > head);
  const known = isNew === -1 ? events : events.slice(0, isNew);
  for (let first = 0; first < known.length; first += BATCH_SIZE) {
    await requireThere(known.slice(first, first + BATCH_SIZE), reader);
  }
  const added = events.slice(known.length).map((recorded) => {
    return { recorded, event: preparedImport(recorded) };
  });
  if (added.length === 0) return;
  const named = added.map(({ recorded, event }) => ({ stream: recorded.stream, events: [event] }));
  await transactions.run(named, (state) => {
    if (state.head !== head) throw new HeadMoved('The log grew while an import looked at it.');
    return planImport(added, state);
  });
}

async function requireThere(events: readonly RecordedEvent[], reader: EventReader): Promise<void> {
  const last = events.at(-1)?.position ?? 0;
  const found = new Map<number, RecordedEvent>();
  for (let position = (events[0]?.position ?? 1) - 1; position < last;) {
    const batch = await reader.log(position, BATCH_SIZE, undefined, undefined);
    for (const event of batch.events) found.set(event.position, event);
    position = batch.events.at(-1)?.position ?? last;
  }
  for (const event of events) checkThere(event, found.get(event.position));
}

function planImport(added: readonly PreparedImport[], state: LogState): NewRows {
  const draft = new LogDraft(state);
  let before = { position: state.head, recordedAt: state.lastRecordedAt ?? 0 };
  for (const { recorded, event } of added) {
    checkPlace(recorded, before);
    const { stream, position, recordedAt } = recorded;
    checkRevision(recorded, (draft.revisionOf(stream) ?? -1) + 1);
    if (draft.isTaken(event.id)) throw importConflict(recorded, `its id ${event.id} is taken`);
    draft.add(stream, event, position, recordedAt);
    before = { position, recordedAt };
  }
  return draft.rows();
}

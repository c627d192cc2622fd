import { readFact, type EventStore } from '@provisie/event-store';
import type { QuarantinedEventView } from '../views.ts';
import { generationToRead } from './choose-generation.ts';
import { ReadModelBuildingError } from './errors.ts';
import type { Generation } from './generation.ts';
import { rebuildBeside, type RebuildBesideOptions } from './rebuild-beside.ts';
import type { ReadModelHome } from './read-model-home.ts';

/** All events that the live read model has set aside, in log order. Throws `ReadModelBuildingError`. */
export async function quarantinedEvents(
  home: ReadModelHome,
): Promise<readonly QuarantinedEventView[]> {
  const generations = await home.generations();
  const live = generationToRead(generations, home.version, home.readableVersions);
  if (live === null) throw new ReadModelBuildingError(null);
  const opened = await home.open(live, 'read');
  try {
    const events: QuarantinedEventView[] = [];
    let cursor: string | null = null;
    do {
      const page = await opened.readModel.quarantine({ limit: 500, cursor });
      events.push(...page.rows);
      cursor = page.next;
    } while (cursor !== null);
    return events;
  } finally {
    await opened.close();
  }
}

export type ReplayOutcome =
  | { readonly kind: 'nothing_set_aside' }
  /** Nothing was built: these still can't be read. */
  | { readonly kind: 'still_unreadable'; readonly events: readonly StillUnreadable[] }
  | { readonly kind: 'replayed'; readonly events: number; readonly generation: Generation };

export interface StillUnreadable {
  readonly position: number;
  readonly eventId: string;
  readonly error: string;
}

export type ReplayOptions = Omit<RebuildBesideOptions, 'unreadable'>;

/**
 * Applies the events that were set aside, after a release that can: each at its place in the log, for applied late
 * they would leave another journal than a rebuild. So the read model is built anew beside the live one, and takes
 * over only when every event was applied. Throws as `rebuildBeside` does; the live one then stays as it is.
 */
export async function replayQuarantine(options: ReplayOptions): Promise<ReplayOutcome> {
  const setAside = await quarantinedEvents(options.home);
  if (setAside.length === 0) return { kind: 'nothing_set_aside' };
  const unreadable: StillUnreadable[] = [];
  for (const { position, eventId } of setAside) {
    const error = await whyUnreadable(options.store, position);
    if (error !== null) unreadable.push({ position, eventId, error });
  }
  if (unreadable.length > 0) return { kind: 'still_unreadable', events: unreadable };
  const generation = await rebuildBeside({ ...options, unreadable: 'stop' });
  return { kind: 'replayed', events: setAside.length, generation };
}

async function whyUnreadable(store: EventStore, position: number): Promise<string | null> {
  const event = await store.eventAt(position);
  if (event === null) return 'it is not in the log';
  try {
    readFact(event);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

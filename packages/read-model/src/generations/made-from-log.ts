import type { EventStore } from '@provisie/event-store';
import type { GenerationName } from './generation.ts';
import type { ReadModelHome } from './read-model-home.ts';

/**
 * Whether a generation was made from this log: where it stands there is the event that it handled last. One that was made
 * from another, or from this one before it was put back to an earlier point, would go on showing what never happened, and
 * pass over what happens until the log is as long again. A build that broke off may have no tables yet: opened to `write`,
 * it gets them.
 */
export async function isMadeFrom(
  store: Pick<EventStore, 'eventAt'>,
  home: ReadModelHome,
  generation: GenerationName,
  mode: 'read' | 'write',
): Promise<boolean> {
  const { position, last_recorded_at: recordedAt } = await standingOf(home, generation, mode);
  if (position === 0) return true;
  return (await store.eventAt(position))?.recordedAt === recordedAt;
}

async function standingOf(home: ReadModelHome, generation: GenerationName, mode: 'read' | 'write') {
  const opened = await home.open(generation, mode);
  try {
    return await opened.database.checkpoint();
  } finally {
    await opened.close();
  }
}

import { openReadModelHome, type Stores } from '@provisie/engines';
import { UsageError } from '@provisie/process';
import { nameOfGeneration, replayQuarantine, type ReplayOutcome } from '@provisie/read-model';
import { withLog } from '../../installation.ts';
import { showProgress } from '../../progress.ts';
import { count, print } from '../output.ts';

/** `provisie quarantine replay`: builds the read model beside and lets it take over when all is applied. */
export async function quarantineReplayCommand(stores: Stores): Promise<void> {
  const progress = showProgress('Building beside', 'positions');
  try {
    const outcome = await withLog(stores, 'read', async (store) => {
      const home = await openReadModelHome(stores.readModel);
      try {
        return await replayQuarantine({
          store,
          home,
          onProgress: ({ handled, total }) => progress.update(handled, total),
        });
      } finally {
        await home.close();
      }
    });
    progress.stop();
    print(outcomeText(outcome));
  } finally {
    progress.stop();
  }
}

function outcomeText(outcome: ReplayOutcome): string {
  switch (outcome.kind) {
    case 'nothing_set_aside':
      return 'No event was set aside; there is nothing to replay.';
    case 'still_unreadable':
      throw new UsageError(
        [
          `Nothing was built: ${count(outcome.events.length)} of the events still can't be read.`,
          ...outcome.events.map(({ error }) => `  ${error}`),
        ].join('\n'),
      );
    case 'replayed':
      return `Applied ${count(outcome.events)} events that were set aside; the read model ${nameOfGeneration(outcome.generation)} has taken over.`;
  }
}

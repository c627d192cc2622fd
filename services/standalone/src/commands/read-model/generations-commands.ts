import { openReadModelHome, type Stores } from '@provisie/engines';
import { nameOfGeneration, sweepGenerations, type Generation } from '@provisie/read-model';
import { count, print, table } from '../output.ts';

/** `provisie generations list`: which builds of the read model there are; also while a server runs. */
export async function generationsListCommand({ readModel }: Stores): Promise<void> {
  const home = await openReadModelHome(readModel);
  try {
    const generations = await home.generations();
    if (generations.length === 0) {
      print('There is no read model yet: a running server or projector builds it.');
      return;
    }
    const rows = generations.map((generation) => [
      nameOfGeneration(generation),
      generation.state,
      new Date(generation.since).toISOString(),
      progressText(generation),
    ]);
    print(table(['generation', 'state', 'since', 'built'], rows));
  } finally {
    await home.close();
  }
}

function progressText({ state, progress: { handled, total, secondsLeft } }: Generation): string {
  if (state !== 'building') return '';
  const left = secondsLeft === null ? '' : `, ${count(secondsLeft)} s left`;
  return `${count(handled)} of ${count(total)} positions${left}`;
}

/** `provisie generations drop`: doesn't wait for the time that a projector would leave them. */
export async function generationsDropCommand(
  { readModel }: Stores,
  { older }: { readonly older: boolean },
): Promise<void> {
  const home = await openReadModelHome(readModel);
  try {
    const times = { retiredMs: 0, olderVersionMs: older ? 0 : Number.POSITIVE_INFINITY };
    const dropped = await sweepGenerations(home, times, Date.now());
    print(
      dropped.length === 0
        ? 'There was nothing to drop.'
        : `Dropped ${dropped.map(nameOfGeneration).join(', ')}.`,
    );
  } finally {
    await home.close();
  }
}

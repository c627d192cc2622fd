import { openReadModelHome, type Stores } from '@provisie/engines';
import { nameOfGeneration, rebuildBeside } from '@provisie/read-model';
import { withLog } from '../../installation.ts';
import { showProgress } from '../../progress.ts';
import { count, print } from '../output.ts';

/** `provisie rebuild`: makes the read model anew from the log; a server that runs changes over to it by itself. */
export async function rebuildCommand(stores: Stores): Promise<void> {
  await withLog(stores, 'read', async (store) => {
    const home = await openReadModelHome(stores.readModel);
    const progress = showProgress('Rebuilding', 'positions');
    try {
      const startedAt = performance.now();
      let positions = 0;
      const generation = await rebuildBeside({
        store,
        home,
        onProgress: ({ handled, total }) => {
          positions = handled;
          progress.update(handled, total);
        },
      });
      progress.stop();
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      print(
        `Rebuilt ${nameOfGeneration(generation)} in ${home.where} from the log: ${count(positions)} positions in ${seconds} s.`,
      );
    } finally {
      progress.stop();
      await home.close();
    }
  });
}

import type { Stores } from '@provisie/engines';
import { openReadModelHome } from '@provisie/engines';
import { nameOfGeneration, rebuildBeside } from '@provisie/read-model';
import { withLog } from '../installation.ts';
import { showProgress } from '../progress.ts';
import { count, print } from './output.ts';

/** `provisie rebuild`: makes the read model anew from the log; a server that runs changes over to it by itself. */
export async function rebuildCommand(stores: Stores): Promise<void> {
  await withLog(stores, 'read', async (store) => {
    const home = await openReadModelHome(stores.readModel);
    const progress = showProgress('Rebuilding', 'positions');
    try {
      const startedAt = performance.now();
      const {
        version,
        build,
        progress: done,
      } = await rebuildBeside({
        store,
        home,
        onProgress: ({ handled, total }) => progress.update(handled, total),
      });
      progress.stop();
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      const name = nameOfGeneration({ version, build });
      print(
        `Rebuilt the read model from the log in ${seconds} s: ${name} in ${home.where}, ${count(done.handled)} positions.`,
      );
    } finally {
      progress.stop();
      await home.close();
    }
  });
}

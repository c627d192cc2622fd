import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { readModelFile, rebuild } from '@provisie/read-model';
import { requireDataFolder } from '../data-folder.ts';
import { showProgress } from '../progress.ts';
import { count, print } from './output.ts';

/** `provisie rebuild`: makes the read model anew from the log. Not while a server runs on the same folder. */
export async function rebuildCommand(folder: string): Promise<void> {
  const files = requireDataFolder(folder);
  const store = openSqliteEventStore({ file: files.events });
  const progress = showProgress('Rebuilding', 'positions');
  try {
    const startedAt = performance.now();
    const file = readModelFile(files.folder);
    const position = await rebuild({
      store,
      file,
      onProgress: ({ handled, total }) => progress.update(handled, total),
    });
    progress.stop();
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    print(`Rebuilt ${file} from the log: ${count(position)} positions in ${seconds} s.`);
  } finally {
    progress.stop();
    await store.close();
  }
}

import { issueFirstAdminKey, type ApiLog } from '@provisie/admin-api';
import { listen } from '@provisie/process';
import { openProvisie, type Provisie } from './compose.ts';
import type { Config } from './config.ts';

/** A server that takes requests. */
export interface RunningServer {
  readonly provisie: Provisie;
  /** Where it listens, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Made at the very first start, and shown nowhere again. */
  readonly firstAdminKey: string | null;
  /** Takes no more requests, answers those under way, closes all files. */
  close(): Promise<void>;
}

/** Opens the data folder and listens. Throws `UsageError` when the port is taken. */
export async function startServer(config: Config, logger: ApiLog): Promise<RunningServer> {
  const door = await listen(config);
  const { url } = door;
  try {
    const publicUrl = config.publicUrl ?? url;
    const provisie = await openProvisie({ config, logger, publicUrl });
    const { store, ids, keyRing } = provisie;
    const first = await issueFirstAdminKey({ store, ids, keyRing, now: Date.now });
    door.open((request, env) => provisie.fetch(request, env), provisie.front);
    return {
      provisie,
      url,
      firstAdminKey: first?.secret ?? null,
      close: async () => {
        await door.close(config.shutdownMs);
        await provisie.close();
      },
    };
  } catch (error) {
    await door.close(0);
    throw error;
  }
}

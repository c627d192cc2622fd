import type { EventStore } from '@provisie/event-store';
import { Hono } from 'hono';
import { collectorRoute } from './collector/collector-route.ts';
import { readSigningSecrets } from './collector/signature.ts';
import type { DirectoryPublisher } from './directory/directory-publisher.ts';
import { directoryRoute } from './directory/directory-route.ts';

export interface EdgeDoorOptions {
  /** Takes the touches that edge workers send. */
  readonly store: Pick<EventStore, 'append'>;
  readonly publisher: DirectoryPublisher;
  /** Null: the links are given to nobody. */
  readonly directoryToken: string | null;
  /** Null: no touches are taken. As `readSigningSecrets` reads them. */
  readonly collectorSecret: string | null;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

/** What trackers on the edge need of a server: `GET /link-directory` and `POST /collect`, each if it has a secret. */
export async function edgeDoor(options: EdgeDoorOptions): Promise<Hono> {
  const { store, publisher, directoryToken: token, collectorSecret, now, onError } = options;
  const app = new Hono();
  if (token !== null) app.get('/link-directory', directoryRoute({ publisher, token }));
  if (collectorSecret !== null) {
    const keys = await readSigningSecrets(collectorSecret);
    app.route('/', collectorRoute({ store, keys, now, onError }));
  }
  return app;
}

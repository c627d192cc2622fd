import type { EventStore } from '@provisie/event-store';
import { onTestFinished } from 'vitest';
import {
  keepLive,
  openLiveReadModel,
  type KeeperPhase,
  type KeepLiveOptions,
  type LiveReadModel,
  type ReadModelHome,
} from '../../src/index.ts';

export interface Keeping {
  readonly phases: readonly KeeperPhase[];
  readonly errors: readonly unknown[];
  stop(): Promise<void>;
}

/** A projector in this process; it is stopped after the test. */
export function keeping(
  store: EventStore,
  home: ReadModelHome,
  options: Partial<KeepLiveOptions> = {},
): Keeping {
  const stop = new AbortController();
  const phases: KeeperPhase[] = [];
  const errors: unknown[] = [];
  const { stopped } = keepLive({
    store,
    home,
    signal: stop.signal,
    onError: (error) => errors.push(error),
    onPhase: (phase) => phases.push(phase),
    ...options,
  });
  const end = async () => {
    stop.abort();
    await stopped;
  };
  onTestFinished(end);
  return { phases, errors, stop: end };
}

/** A reader in this process; it is closed after the test. */
export async function reading(home: ReadModelHome): Promise<LiveReadModel & { errors: unknown[] }> {
  const errors: unknown[] = [];
  const live = await openLiveReadModel({ home, onError: (error) => errors.push(error) });
  onTestFinished(() => live.close());
  return { ...live, errors };
}

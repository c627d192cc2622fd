import type { EventStore } from '@provisie/event-store';
import {
  generationInTheMaking,
  nameOfGeneration,
  projectorLag,
  ReadModelBuildingError,
  type BuildProgress,
  type KeeperPhase,
  type LiveReadModel,
  type ProjectorLag,
  type ReadModelHome,
} from '@provisie/read-model';

/** How the projector and the read model stand, for its pages. */
export interface ProjectorState {
  readonly phase: KeeperPhase['kind'];
  readonly isLeader: boolean;
  /** The live generation, such as `v2-b1`; null while there is none. */
  readonly generation: string | null;
  /** Of the live generation; null while there is none. */
  readonly position: number | null;
  readonly lag: ProjectorLag | null;
  readonly head: number;
  /** Of the generation that is being built, by whichever process. */
  readonly building: BuildProgress | null;
}

export interface Observed {
  readonly store: EventStore;
  readonly home: ReadModelHome;
  readonly live: LiveReadModel;
  readonly phase: KeeperPhase['kind'];
  readonly now: number;
}

/** Rejects when the log or the read model can't be reached. */
export async function projectorState(observed: Observed): Promise<ProjectorState> {
  const { store, home, live, phase } = observed;
  const [head, standing, generations] = await Promise.all([
    store.head(),
    standingOf(observed),
    home.generations(),
  ]);
  const generation = live.generation();
  return {
    phase,
    isLeader: phase === 'following' || phase === 'building' || phase === 'waiting',
    generation: generation === null ? null : nameOfGeneration(generation),
    position: standing?.position ?? null,
    lag: standing?.lag ?? null,
    head,
    building: generationInTheMaking(generations, home.version)?.progress ?? null,
  };
}

interface Standing {
  readonly position: number;
  readonly lag: ProjectorLag;
}

async function standingOf({ store, live, now }: Observed): Promise<Standing | null> {
  try {
    const status = await live.readModel.status();
    return { position: status.position, lag: await projectorLag(store, status, now) };
  } catch (error) {
    if (error instanceof ReadModelBuildingError) return null;
    throw error;
  }
}

import type { EventStore } from '@provisie/event-store';
import {
  keepLive,
  openLiveReadModel,
  UnappliableEventError,
  UnreadableEventError,
  nameOfGeneration,
  type KeeperPhase,
  type ReadModelHome,
  type SweepTimes,
} from '@provisie/read-model';
import { ProjectorMetrics } from './projector-metrics.ts';
import { projectorPages } from './projector-pages.ts';
import { projectorState, type ProjectorState } from './projector-state.ts';

export interface ProjectorPorts {
  readonly store: EventStore;
  readonly home: ReadModelHome;
  readonly log: ProjectorLog;
  readonly batchSize: number;
  /** Of the oldest event that isn't handled, before it is not ready. */
  readonly maxLagMs: number;
  readonly sweepTimes: SweepTimes;
  readonly now: () => number;
}

export interface ProjectorLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface RunningProjector {
  /** Answers `/livez`, `/readyz` and `/metrics`. */
  fetch(request: Request): Response | Promise<Response>;
  state(): Promise<ProjectorState>;
  /** Finishes the batch under way and hands over to who stands by. The store and the home stay open. */
  stop(): Promise<void>;
}

/** Leads or stands by, until it is stopped. */
export async function runProjector(ports: ProjectorPorts): Promise<RunningProjector> {
  const { store, home, log, now } = ports;
  const metrics = new ProjectorMetrics();
  const onError = (error: unknown) => {
    metrics.failed();
    tell(log, error);
  };
  const stop = new AbortController();
  const live = await openLiveReadModel({ home, onError });
  let phase: KeeperPhase['kind'] = 'standing_by';
  const { stopped } = keepLive({
    store,
    home,
    signal: stop.signal,
    onError,
    batchSize: ports.batchSize,
    sweepTimes: ports.sweepTimes,
    now,
    onPhase: (entered) => {
      // A new term begins with a moment of standing by, and waiting is looked at again and again.
      if (entered.kind !== phase) log.info(fieldsOf(entered), PHASES[entered.kind]);
      phase = entered.kind;
    },
    onProgress: ({ batch }) => {
      if (batch !== null) metrics.applied(batch);
    },
  });
  const state = () => projectorState({ store, home, live, phase, now: now() });
  const pages = projectorPages({
    readModel: live.readModel,
    metrics,
    maxLagMs: ports.maxLagMs,
    state,
    onError,
  });
  return {
    fetch: (request) => pages.fetch(request),
    state,
    stop: async () => {
      stop.abort();
      await stopped;
      await live.close();
    },
  };
}

const PHASES = {
  standing_by: 'standing by: no other process led, or one does',
  waiting: 'waiting until another process has built the read model',
  building: 'building the read model from the log',
  following: 'leading: following the log',
} as const satisfies Record<KeeperPhase['kind'], string>;

function fieldsOf(phase: KeeperPhase): object {
  return 'generation' in phase ? { generation: nameOfGeneration(phase.generation) } : {};
}

/** What was set aside is named with its place: it waits for somebody to look at it. */
function tell(log: ProjectorLog, error: unknown): void {
  if (error instanceof UnreadableEventError || error instanceof UnappliableEventError) {
    const { position, code, message } = error;
    log.warn({ position, code }, `set aside: ${message}`);
    return;
  }
  log.error({ err: error }, 'something went wrong; the projector goes on by itself');
}

import { openRun, streams, type PayoutRunView } from '@provisie/domain';
import { pause } from '@provisie/event-store';
import { PayoutError } from './errors.ts';
import { factsIn } from './log.ts';
import type { Command, PayoutPorts } from './ports.ts';
import { approveNewRun, approveOpenRun } from './runs/approve-run.ts';
import type { ApproveRequest } from './runs/approve-run.ts';
import { exportRun } from './exports/export-run.ts';
import type { ExportRequest } from './exports/export-run.ts';
import { runOf } from './runs/run-log.ts';
import { scheduleRun } from './runs/schedule-run.ts';

/**
 * The commands on runs that may take long. Each is begun once and joined by whoever asks for it again; a caller waits
 * as long as they like. What a stopped process left half-done, `resume` carries on with.
 */
export interface PayoutRuns {
  /** Writes the plan and opens the run; when no further approval is needed, its payouts are being scheduled. */
  approveNew(command: Command, request: ApproveRequest): Promise<PayoutRunView>;
  /** The second approval; then the payouts are being scheduled. */
  approve(command: Command, runId: string): Promise<PayoutRunView>;
  /** Resolves when the run's payouts are scheduled, or after `waitMs` with how it stands. */
  scheduled(runId: string, waitMs: number): Promise<PayoutRunView>;
  /** Resolves when the run is exported, or after `waitMs` with how it stands; rejects with `PayoutError`. */
  exported(
    command: Command,
    runId: string,
    request: ExportRequest,
    waitMs: number,
  ): Promise<PayoutRunView>;
  /** Schedules what an approved run still lacks; call it at the start. */
  resume(): Promise<void>;
  /** Waits for what was begun. */
  idle(): Promise<void>;
}

export interface PayoutRunsOptions extends PayoutPorts {
  /** Ends the attempts to carry on. */
  readonly signal: AbortSignal;
  /** What went wrong with a run while perhaps nobody waited. Scheduling is tried again; exporting when it is asked for. */
  readonly onError: (error: unknown) => void;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;

export function createPayoutRuns(options: PayoutRunsOptions): PayoutRuns {
  const { store, signal } = options;
  const scheduling = new Map<string, Promise<unknown>>();
  const exporting = new Map<string, Promise<PayoutRunView>>();

  const begin = (run: PayoutRunView): PayoutRunView => {
    if (run.status === 'scheduling' && !scheduling.has(run.runId)) {
      const work = scheduleUntilDone(options, run.runId);
      scheduling.set(run.runId, work);
      void work.finally(() => scheduling.delete(run.runId));
    }
    return run;
  };

  return {
    approveNew: async (command, request) => begin(await approveNewRun(options, command, request)),
    approve: async (command, runId) => begin(await approveOpenRun(options, command, runId)),
    scheduled: async (runId, waitMs) => {
      begin(await runOf(store, runId));
      await atMost(waitMs, scheduling.get(runId), signal);
      return runOf(store, runId);
    },
    exported: async (command, runId, request, waitMs) => {
      const name = `${runId} ${command.id}`;
      const work = exporting.get(name) ?? exportRun(options, command, runId, request);
      if (!exporting.has(name)) {
        exporting.set(name, work);
        void work.then(
          () => exporting.delete(name),
          (error: unknown) => {
            exporting.delete(name);
            // Whoever asked may have stopped waiting; a refusal is told to who asks again.
            if (!(error instanceof PayoutError)) options.onError(error);
          },
        );
      }
      await atMost(waitMs, work, signal);
      return runOf(store, runId);
    },
    resume: async () => {
      const run = openRun(await factsIn(store, streams.payoutRuns));
      if (run !== null) begin(run);
    },
    idle: async () => {
      await Promise.allSettled([...scheduling.values(), ...exporting.values()]);
    },
  };
}

/** An approval is a promise: what stands in its way for a moment is waited out. */
async function scheduleUntilDone(options: PayoutRunsOptions, runId: string): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  while (!options.signal.aborted) {
    try {
      await scheduleRun(options, runId);
      return;
    } catch (error) {
      if (options.signal.aborted) return;
      options.onError(error);
      await pause(pauseMs, options.signal);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }
}

/** Rejects when the work does; gives up waiting, not the work, after `waitMs`. */
async function atMost(
  waitMs: number,
  work: Promise<unknown> | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (work === undefined) return;
  const over = new AbortController();
  try {
    await Promise.race([work, pause(waitMs, AbortSignal.any([over.signal, signal]))]);
  } finally {
    over.abort();
  }
}

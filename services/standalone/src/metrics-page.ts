import { logAheadMs } from '@provisie/event-store';
import type { EventStore } from '@provisie/event-store';
import {
  projectorLag,
  ReadModelBuildingError,
  type ProjectionStatus,
  type ReadModel,
} from '@provisie/read-model';
import type { DropCounters } from '@provisie/tracker';
import { Hono } from 'hono';

interface Measured {
  readonly store: EventStore;
  readonly readModel: ReadModel;
  readonly counters: DropCounters;
}

/** What the process counted, in the text format of Prometheus. It holds no personal data. */
export function metricsPage({ store, readModel, counters }: Measured): Hono {
  const app = new Hono();
  app.get('/metrics', async (c) => {
    const lag = await projectorLag(store, await statusOf(readModel), Date.now());
    const text = [
      counters.metricsText().trimEnd(),
      ...gauge('provisie_log_head', 'Position of the last event of the log.', await store.head()),
      ...gauge(
        'provisie_log_ahead_seconds',
        'How much later than it is now the last event of the log was recorded: a clock was ahead.',
        (await logAheadMs(store, Date.now())) / 1000,
      ),
      ...gauge(
        'provisie_projection_lag_positions',
        'Positions between the last event handled and the head of the log.',
        lag.positions,
      ),
      ...gauge(
        'provisie_projection_last_event_age_seconds',
        'How long ago the last event handled was recorded.',
        (lag.ageMs ?? 0) / 1000,
      ),
      ...gauge(
        'provisie_process_resident_memory_bytes',
        'Resident memory of the process.',
        process.memoryUsage.rss(),
      ),
    ];
    c.header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8');
    c.header('Cache-Control', 'no-store');
    return c.body(`${text.join('\n')}\n`);
  });
  return app;
}

/** Before the first generation is live, nothing is handled. */
async function statusOf(readModel: ReadModel): Promise<ProjectionStatus> {
  try {
    return await readModel.status();
  } catch (error) {
    if (!(error instanceof ReadModelBuildingError)) throw error;
    return { position: 0, handledAt: null, lastRecordedAt: null };
  }
}

function gauge(name: string, meaning: string, value: number): string[] {
  return [`# HELP ${name} ${meaning}`, `# TYPE ${name} gauge`, `${name} ${String(value)}`];
}

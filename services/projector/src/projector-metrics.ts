import type { ReadModel } from '@provisie/read-model';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ProjectorState } from './projector-state.ts';

/** What a projector measures, in the text format of Prometheus. It holds no personal data. */
export class ProjectorMetrics {
  readonly #registry = new Registry();
  readonly #gauges: Readonly<Record<GaugeName, Gauge>>;
  readonly #generation: Gauge;
  readonly #batches: Histogram;
  readonly #events: Counter;
  readonly #errors: Counter;

  constructor() {
    const registers = [this.#registry];
    const gauge = (name: GaugeName) => new Gauge({ name, help: GAUGES[name], registers });
    this.#gauges = {
      provisie_projector_leader: gauge('provisie_projector_leader'),
      provisie_log_head: gauge('provisie_log_head'),
      provisie_projection_lag_positions: gauge('provisie_projection_lag_positions'),
      provisie_projection_last_event_age_seconds: gauge(
        'provisie_projection_last_event_age_seconds',
      ),
      provisie_projection_oldest_unhandled_seconds: gauge(
        'provisie_projection_oldest_unhandled_seconds',
      ),
      provisie_projection_quarantined_events: gauge('provisie_projection_quarantined_events'),
      provisie_projection_build_handled_positions: gauge(
        'provisie_projection_build_handled_positions',
      ),
      provisie_projection_build_total_positions: gauge('provisie_projection_build_total_positions'),
      provisie_process_resident_memory_bytes: gauge('provisie_process_resident_memory_bytes'),
    };
    this.#generation = new Gauge({
      name: 'provisie_projection_live_generation',
      help: '1 for the generation of the read model that is live.',
      labelNames: ['generation'],
      registers,
    });
    this.#batches = new Histogram({
      name: 'provisie_projection_batch_seconds',
      help: 'How long batches took to be applied, by this process.',
      buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    });
    this.#events = new Counter({
      name: 'provisie_projection_events_total',
      help: 'Events applied, by this process since it follows the log.',
      registers,
    });
    this.#errors = new Counter({
      name: 'provisie_projector_errors_total',
      help: 'What went wrong in this process, and events that were set aside.',
      registers,
    });
  }

  applied(batch: { readonly events: number; readonly ms: number }): void {
    this.#batches.observe(batch.ms / 1000);
    this.#events.inc(batch.events);
  }

  failed(): void {
    this.#errors.inc();
  }

  /** A measure of what is unknown is left out: a zero would say that all is well. */
  async text(state: ProjectorState, quarantined: number | null): Promise<string> {
    const { lag, building } = state;
    const values: Record<GaugeName, number | null> = {
      provisie_projector_leader: state.isLeader ? 1 : 0,
      provisie_log_head: state.head,
      provisie_projection_lag_positions: lag?.positions ?? null,
      provisie_projection_last_event_age_seconds: seconds(lag?.ageMs),
      provisie_projection_oldest_unhandled_seconds: seconds(lag?.unhandledMs),
      provisie_projection_quarantined_events: quarantined,
      provisie_projection_build_handled_positions: building?.handled ?? null,
      provisie_projection_build_total_positions: building?.total ?? null,
      provisie_process_resident_memory_bytes: process.memoryUsage.rss(),
    };
    for (const name of GAUGE_NAMES) {
      const value = values[name];
      if (value === null) this.#gauges[name].remove();
      else this.#gauges[name].set(value);
    }
    this.#generation.reset();
    if (state.generation !== null) this.#generation.set({ generation: state.generation }, 1);
    return this.#registry.metrics();
  }
}

const GAUGES = {
  provisie_projector_leader: '1 when this process leads, 0 when it stands by.',
  provisie_log_head: 'Position of the last event of the log.',
  provisie_projection_lag_positions:
    'Positions between the last event handled and the head of the log.',
  provisie_projection_last_event_age_seconds: 'How long ago the last event handled was recorded.',
  provisie_projection_oldest_unhandled_seconds:
    'How long ago the first event that is not handled was recorded; 0 when all are.',
  provisie_projection_quarantined_events: 'Events that the live read model has set aside.',
  provisie_projection_build_handled_positions:
    'Positions done of a generation that is being built.',
  provisie_projection_build_total_positions:
    'Positions in all of a generation that is being built.',
  provisie_process_resident_memory_bytes: 'Resident memory of the process.',
} as const;

type GaugeName = keyof typeof GAUGES;
const isGaugeName = (name: string): name is GaugeName => Object.hasOwn(GAUGES, name);
const GAUGE_NAMES = Object.keys(GAUGES).filter(isGaugeName);

function seconds(ms: number | null | undefined): number | null {
  return ms === null || ms === undefined ? null : ms / 1000;
}

/** Null while there is nothing to read. */
export async function countQuarantined(readModel: ReadModel): Promise<number> {
  let count = 0;
  let cursor: string | null = null;
  do {
    const page = await readModel.quarantine({ limit: 500, cursor });
    count += page.rows.length;
    cursor = page.next;
  } while (cursor !== null);
  return count;
}

import type { DefinitionsOf } from './table-definition.ts';

/** How far the log is applied, and what waits. */
export interface ProgressTables {
  checkpoint: CheckpointTable;
  quarantine: QuarantineTable;
  touch_loads: TouchLoadTable;
  postponed_events: PostponedEventTable;
}

export interface CheckpointTable {
  /** Always `read_model`: all projections move together. */
  name: string;
  position: number;
  handled_at: number | null;
  last_recorded_at: number | null;
  /** Touches and orders of the days before it are in all sums, see `close-days.ts`; those since only by place. */
  closed_day: number;
}

/** Events that could not be read. */
export interface QuarantineTable {
  position: number;
  event_id: string;
  stream: string;
  type: string;
  version: number;
  recorded_at: number;
  error: string;
}

/** One row while a build is ahead of the log with its touches, see `build/build-tables.ts`; none in what is read. */
export interface TouchLoadTable {
  /** Always `touches`. */
  name: string;
  stage: 'loading' | 'applying';
  /** The last event up to which touches are loaded. */
  last_position: number;
  last_recorded_at: number | null;
  /** The last day on which any of them was recorded. */
  last_day: number;
  /** The last position up to which visits are counted. */
  counted_to: number;
}

/** The events that such a build has yet to apply. */
export interface PostponedEventTable {
  position: number;
  /** As JSON. */
  event: string;
}

export const progressTables: DefinitionsOf<ProgressTables> = {
  checkpoint: {
    columns: {
      name: 'text',
      position: 'integer',
      handled_at: 'integer?',
      last_recorded_at: 'integer?',
      closed_day: 'integer',
    },
    primaryKey: ['name'],
  },
  quarantine: {
    columns: {
      position: 'integer',
      event_id: 'text',
      stream: 'text',
      type: 'text',
      version: 'integer',
      recorded_at: 'integer',
      error: 'text',
    },
    primaryKey: ['position'],
  },
  touch_loads: {
    columns: {
      name: 'text',
      stage: 'text',
      last_position: 'integer',
      last_recorded_at: 'integer?',
      last_day: 'integer',
      counted_to: 'integer',
    },
    primaryKey: ['name'],
  },
  postponed_events: {
    columns: { position: 'integer', event: 'text' },
    primaryKey: ['position'],
  },
};

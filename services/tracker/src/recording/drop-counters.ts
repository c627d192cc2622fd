export type ClickDropReason =
  | 'malformed_code'
  | 'unknown_code'
  | 'foreign_destination'
  | 'link_disabled'
  | 'head'
  | 'prefetch'
  | 'link_preview'
  | 'bot'
  | 'overloaded'
  | 'not_recorded';

export type BeaconDropReason =
  | 'foreign_origin'
  | 'rate_limited'
  | 'unsupported_media_type'
  | 'too_large'
  | 'malformed'
  | 'prefetch'
  | 'link_preview'
  | 'bot'
  | 'repeated'
  | 'overloaded'
  | 'not_recorded';

export type TouchSource = 'click' | 'beacon';
export type RecordedKind = 'click' | 'visit' | 'coupon' | 'identify';

export interface TouchCounts {
  readonly recorded: Readonly<Record<string, number>>;
  /** By source, then by reason. */
  readonly dropped: Readonly<Record<TouchSource, Readonly<Record<string, number>>>>;
}

/** How many touches were recorded, and how many were not, by reason. */
export interface DropCounters {
  recorded(kind: RecordedKind): void;
  droppedClick(reason: ClickDropReason): void;
  droppedBeacon(reason: BeaconDropReason): void;
  counts(): TouchCounts;
  /** In the text format of Prometheus. */
  metricsText(): string;
}

export function createDropCounters(): DropCounters {
  const recorded = new Map<string, number>();
  const dropped = { click: new Map<string, number>(), beacon: new Map<string, number>() };
  return {
    recorded: (kind) => {
      increase(recorded, kind);
    },
    droppedClick: (reason) => {
      increase(dropped.click, reason);
    },
    droppedBeacon: (reason) => {
      increase(dropped.beacon, reason);
    },
    counts: () => ({
      recorded: Object.fromEntries(recorded),
      dropped: {
        click: Object.fromEntries(dropped.click),
        beacon: Object.fromEntries(dropped.beacon),
      },
    }),
    metricsText: () =>
      [
        '# HELP provisie_tracker_touches_recorded_total Touches that are in the log, by kind.',
        '# TYPE provisie_tracker_touches_recorded_total counter',
        ...lines(recorded, (kind) => `provisie_tracker_touches_recorded_total{kind="${kind}"}`),
        '# HELP provisie_tracker_touches_dropped_total Requests that were answered but not recorded, by reason.',
        '# TYPE provisie_tracker_touches_dropped_total counter',
        ...lines(dropped.click, (reason) => droppedSeries('click', reason)),
        ...lines(dropped.beacon, (reason) => droppedSeries('beacon', reason)),
        '',
      ].join('\n'),
  };
}

function droppedSeries(source: TouchSource, reason: string): string {
  return `provisie_tracker_touches_dropped_total{source="${source}",reason="${reason}"}`;
}

function increase(counts: Map<string, number>, name: string) {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function lines(counts: ReadonlyMap<string, number>, series: (name: string) => string): string[] {
  return [...counts].map(([name, count]) => `${series(name)} ${String(count)}`);
}

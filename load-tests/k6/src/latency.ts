/** How long answers of one part of a run took. */
export interface Latency {
  readonly seconds: number;
  readonly answers: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** Of answers that took so many milliseconds, over so many seconds. */
export function latencyOf(tookMs: readonly number[], seconds: number): Latency {
  const sorted = Float64Array.from(tookMs).sort();
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    seconds,
    answers: sorted.length,
    perSecond: seconds > 0 ? sorted.length / seconds : 0,
    p50: at(0.5),
    p99: at(0.99),
    p999: at(0.999),
    max: at(1),
  };
}

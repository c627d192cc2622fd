/** What one run of one side printed. */
export interface Run {
  readonly operations: number;
  readonly seconds: number;
  /** Of single operations, in milliseconds; null where an operation has no latency of its own. */
  readonly p50: number | null;
  readonly p99: number | null;
  readonly peakRssMb: number;
  /** Resident before the work began, and held on the heap after it; null where nobody looked. */
  readonly startRssMb: number | null;
  readonly heapMb: number | null;
}

/** One benchmark: our figure, the limit measured in the same interleaved run, and their ratio. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit: number;
  readonly ratio: number;
  /** Milliseconds. */
  readonly p50: number | null;
  readonly p99: number | null;
  readonly peakRssMb: number;
  readonly startRssMb: number | null;
  readonly heapMb: number | null;
  /** Median seconds of our side. */
  readonly seconds: number;
  /** Peak memory against that of a tenth of the work, about 1 when memory is flat; null where that wasn't run. */
  readonly growth: number | null;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

const perSecond = (run: Run) => run.operations / run.seconds;
const medianOrNull = (values: readonly (number | null)[]) => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : median(known);
};

const peakOf = (runs: readonly Run[]) => Math.max(...runs.map((run) => run.peakRssMb));

/** The ratio is the median of the ratios of neighbouring runs, so that a drifting machine cancels out. */
export function rowOf(
  name: string,
  unit: string,
  pairs: readonly { readonly ours: Run; readonly limit: Run }[],
  tenth: readonly Run[] = [],
): Row {
  const ours = pairs.map((pair) => pair.ours);
  const peak = peakOf(ours);
  return {
    name,
    value: median(ours.map(perSecond)),
    unit,
    limit: median(pairs.map((pair) => perSecond(pair.limit))),
    ratio: median(pairs.map((pair) => perSecond(pair.ours) / perSecond(pair.limit))),
    p50: medianOrNull(ours.map((run) => run.p50)),
    p99: medianOrNull(ours.map((run) => run.p99)),
    peakRssMb: peak,
    startRssMb: medianOrNull(ours.map((run) => run.startRssMb)),
    heapMb: medianOrNull(ours.map((run) => run.heapMb)),
    seconds: median(ours.map((run) => run.seconds)),
    growth: tenth.length === 0 ? null : peak / peakOf(tenth),
  };
}

/** The value at `share` (0 to 1) of a sample; null for an empty one. */
export function percentile(sample: Float64Array, share: number): number | null {
  const sorted = sample.toSorted();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
}

/** Peak resident memory of this process. */
export function peakRssMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

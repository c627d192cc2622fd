import { z } from 'zod';

const metricSchema = z.object({
  values: z.record(z.string(), z.number()),
  thresholds: z.record(z.string(), z.object({ ok: z.boolean() })).default({}),
});

const summarySchema = z.object({
  state: z.object({ testRunDurationMs: z.number() }),
  metrics: z.record(z.string(), metricSchema),
});

/** What k6 summed up, as `handleSummary` gives it. */
export type Summary = z.infer<typeof summarySchema>;

export function readSummary(json: string): Summary {
  return summarySchema.parse(JSON.parse(json));
}

/** A value of a metric; 0 when nothing of it happened. */
export function valueOf({ metrics }: Summary, metric: string, value: string): number {
  return metrics[metric]?.values[value] ?? 0;
}

/** Thresholds that only make k6 sum a part up. */
const ALWAYS_MET = /^\w+>=0$/;

/** Those that say something, as `metric: threshold`. */
export function thresholdsOf({ metrics }: Summary): readonly { name: string; ok: boolean }[] {
  return Object.entries(metrics).flatMap(([metric, { thresholds }]) =>
    Object.entries(thresholds)
      .filter(([threshold]) => !ALWAYS_MET.test(threshold))
      .map(([threshold, { ok }]) => ({ name: `${metric}: ${threshold}`, ok })),
  );
}

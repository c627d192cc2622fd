import { z } from 'zod';

const weights = z.record(z.string(), z.number());

/** What `growth` measured; the plots are drawn from it. */
export const growthFigures = z.object({
  /** Of one machine, when it was measured. */
  machine: z.string(),
  sizes: z.array(
    z.object({
      events: z.number(),
      clicks: z.number(),
      orders: z.number(),
      /** Clicks that were recorded besides, at the end: they are in the log, not in the read model. */
      recorded: z.number(),
      /** Microseconds for an event, by what was done. */
      microseconds: z.record(z.string(), z.number()),
      /** The most that was resident while it was rebuilt. */
      rebuildPeakRssMb: z.number(),
      /** Bytes by table and index. */
      log: weights,
      readModel: weights,
    }),
  ),
  /** Bytes on the disk of one more, indexes included. */
  perTouch: z.object({ log: z.number(), readModel: z.number() }),
  perOrder: z.object({ log: z.number(), readModel: z.number() }),
});
export type GrowthFigures = z.infer<typeof growthFigures>;

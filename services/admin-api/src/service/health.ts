import { createRoute, z } from '@hono/zod-openapi';
import type { Instant } from '@provisie/domain';
import { logAheadMs } from '@provisie/event-store';
import type { EventStore } from '@provisie/event-store';
import { projectorLag, ReadModelBuildingError, type ReadModel } from '@provisie/read-model';
import type { Api, Endpoint } from '../api.ts';
import { DEFAULT_READINESS } from '../api-options.ts';
import type { ReadinessBounds } from '../api-options.ts';
import { jsonAnswer } from '../route-parts.ts';

const STORE_TIMEOUT_MS = 2000;

export const livez: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/livez',
    tags: ['Service'],
    summary: 'Tell that the process answers',
    security: [],
    responses: { 200: jsonAnswer('It does.', z.object({ status: z.literal('ok') })) },
  });
  api.app.openapi(route, (c) => c.json({ status: 'ok' as const }, 200));
};

const readinessSchema = z.object({
  status: z.enum(['ready', 'not_ready']),
  store: z.enum(['reachable', 'unreachable']),
  logAheadMs: z.int().nullable().openapi({
    description:
      'How much later than it is now the last event of the log was recorded; above 0 after a clock that was ahead. Until then, `knownAt` leaves out what is recorded.',
  }),
  readModel: z.object({
    position: z.int().nullable(),
    lagPositions: z.int().nullable(),
    lagMs: z
      .int()
      .nullable()
      .openapi({ description: 'Age of the oldest event that is not handled; 0 when all are.' }),
    building: z
      .object({
        handled: z.int(),
        total: z.int(),
        secondsLeft: z.int().nullable(),
      })
      .nullable()
      .openapi({
        description:
          'How many positions of the log are done, while there is nothing to read yet; null when there is, or when nobody has begun.',
      }),
  }),
});
type Readiness = z.infer<typeof readinessSchema>;

export const readyz: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/readyz',
    tags: ['Service'],
    summary: 'Tell whether requests can be served',
    description: 'The store is reachable, and the read model is not too far behind.',
    security: [],
    responses: {
      200: jsonAnswer('They can.', readinessSchema),
      503: jsonAnswer('They can not.', readinessSchema),
    },
  });
  api.app.openapi(route, async (c) => {
    const readiness = await readinessOf(api);
    return readiness.status === 'ready' ? c.json(readiness, 200) : c.json(readiness, 503);
  });
};

const NOT_READY = { status: 'not_ready', logAheadMs: null } as const;

type ReadinessPorts = Pick<Api, 'store' | 'readModel' | 'now' | 'readiness'>;

async function readinessOf(api: ReadinessPorts): Promise<Readiness> {
  const unknown = { position: null, lagPositions: null, lagMs: null, building: null };
  try {
    const now = api.now();
    const measured = [
      measureLag(api.store, api.readModel, now),
      logAheadMs(api.store, now),
    ] as const;
    const [lag, aheadMs] = await withinTime(Promise.all(measured));
    const bounds = { ...DEFAULT_READINESS, ...api.readiness };
    const status = isBounded(lag, bounds) ? 'ready' : 'not_ready';
    const readModel = { ...lag, building: null };
    return { status, store: 'reachable', logAheadMs: aheadMs, readModel };
  } catch (error) {
    if (error instanceof ReadModelBuildingError) {
      const building = error.progress;
      return { ...NOT_READY, store: 'reachable', readModel: { ...unknown, building } };
    }
    return { ...NOT_READY, store: 'unreachable', readModel: unknown };
  }
}

interface Lag {
  readonly position: number;
  readonly lagPositions: number;
  readonly lagMs: number;
}

function isBounded({ lagPositions, lagMs }: Lag, bounds: ReadinessBounds): boolean {
  return lagPositions <= bounds.maxLagPositions && lagMs <= bounds.maxLagMs;
}

async function measureLag(store: EventStore, readModel: ReadModel, now: Instant): Promise<Lag> {
  const status = await readModel.status();
  const { positions, unhandledMs } = await projectorLag(store, status, now);
  return { position: status.position, lagPositions: positions, lagMs: unhandledMs };
}

async function withinTime<Result>(work: Promise<Result>): Promise<Result> {
  const { promise: expiry, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error('no answer'));
  }, STORE_TIMEOUT_MS);
  try {
    return await Promise.race([work, expiry]);
  } finally {
    clearTimeout(timer);
  }
}

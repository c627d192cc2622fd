import { ReadModelBuildingError, type ReadModel } from '@provisie/read-model';
import { Hono } from 'hono';
import { countQuarantined, type ProjectorMetrics } from './projector-metrics.ts';
import type { ProjectorState } from './projector-state.ts';

export interface PagesOptions {
  readonly readModel: ReadModel;
  readonly metrics: ProjectorMetrics;
  readonly maxLagMs: number;
  readonly state: () => Promise<ProjectorState>;
  readonly onError: (error: unknown) => void;
}

const PATIENCE_MS = 2000;

/** `/livez`, `/readyz` and `/metrics`. */
export function projectorPages({
  readModel,
  metrics,
  maxLagMs,
  state,
  onError,
}: PagesOptions): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store');
  });
  app.get('/livez', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    try {
      const found = await withinTime(state());
      const isReady = whetherReady(found, maxLagMs);
      return c.json({ status: isReady ? 'ready' : 'not_ready', ...found }, isReady ? 200 : 503);
    } catch (error) {
      onError(error);
      return c.json(
        { status: 'not_ready', problem: 'the log or the read model is out of reach' },
        503,
      );
    }
  });
  app.get('/metrics', async (c) => {
    const found = await withinTime(state());
    const text = await metrics.text(found, await quarantinedIn(readModel));
    return c.body(text, 200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' });
  });
  app.onError((error, c) => {
    onError(error);
    return c.text('The log or the read model is out of reach.\n', 503);
  });
  return app;
}

/**
 * Whoever leads is ready once its generation is live and not too far behind, so that a deployment keeps the old
 * version's projector until then; whoever stands by, as soon as it could take over.
 */
function whetherReady({ phase, lag }: ProjectorState, maxLagMs: number): boolean {
  if (phase === 'standing_by') return true;
  return phase === 'following' && lag !== null && lag.unhandledMs <= maxLagMs;
}

async function quarantinedIn(readModel: ReadModel): Promise<number | null> {
  try {
    return await countQuarantined(readModel);
  } catch (error) {
    if (error instanceof ReadModelBuildingError) return null;
    throw error;
  }
}

async function withinTime<Result>(work: Promise<Result>): Promise<Result> {
  const { promise: expiry, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error(`no answer within ${String(PATIENCE_MS)} ms`));
  }, PATIENCE_MS);
  try {
    return await Promise.race([work, expiry]);
  } finally {
    clearTimeout(timer);
  }
}

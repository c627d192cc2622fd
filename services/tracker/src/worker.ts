import { readBindings } from './edge/bindings.ts';
import { createEdgeTracker } from './edge/edge-tracker.ts';
import type { EdgeTracker } from './edge/edge-tracker.ts';
import { platformCaches, readRuntimeRequest } from './edge/runtime.ts';
import type { MessageBatch } from './edge/touch-queue.ts';
import { problemAnswer } from './problems.ts';

/** One per isolate: what it keeps in memory (links, touches on their way, limits) is the isolate's own. */
let tracker: EdgeTracker | null = null;

async function trackerOf(environment: Readonly<Record<string, unknown>>): Promise<EdgeTracker> {
  const bindings = await readBindings(environment);
  tracker ??= createEdgeTracker(bindings, {
    caches: platformCaches(),
    now: Date.now,
    onError: report,
  });
  return tracker;
}

/**
 * The tracker at the edge. The same module for Cloudflare Workers, for `deno serve` and for Bun, which all
 * serve what a module exports as `fetch`.
 */
export default {
  async fetch(request: Request, second?: unknown, third?: unknown): Promise<Response> {
    const { environment, ...visit } = readRuntimeRequest(request, second, third);
    try {
      const edge = tracker ?? (await trackerOf(environment));
      return await edge.fetch(request, visit);
    } catch (error) {
      report(error);
      const detail = 'The tracker could not answer; try again.';
      return problemAnswer('internal', detail, { headers: { 'Retry-After': '5' } });
    }
  },

  /** The queue's consumer, on Cloudflare. */
  async queue(batch: MessageBatch, environment: Readonly<Record<string, unknown>>): Promise<void> {
    const edge = tracker ?? (await trackerOf(environment));
    await edge.queue(batch);
  },
};

/** As a line of JSON, for the platform's log. */
function report(error: unknown): void {
  console.error(JSON.stringify({ level: 'error', part: 'edge', ...described(error) }));
}

function described(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, cause } = error;
  return {
    name,
    ...('code' in error && { code: error.code }),
    message,
    ...(cause instanceof Error && { cause: cause.message }),
  };
}

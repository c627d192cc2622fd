import type { ForwarderStatus, SpoolStatus } from '@provisie/spool';
import { Hono } from 'hono';
import type { DropCounters } from '../recording/drop-counters.ts';
import type { DirectoryState } from '../directory/kept-directory.ts';

/** How the node is, as it stands now. */
export interface NodeStatus {
  readonly directory: DirectoryState;
  readonly spool: SpoolStatus;
  readonly forwarder: ForwarderStatus;
  readonly isStopping: boolean;
}

export interface NodePagesOptions {
  readonly status: () => NodeStatus;
  readonly counters: DropCounters;
  readonly now: () => number;
}

/** `GET /livez`, `/readyz` and `/metrics`. They hold no personal data, but are nobody's business outside. */
export function nodePages(options: NodePagesOptions): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header('Cache-Control', 'no-store');
  });
  app.get('/livez', (context) => context.json({ status: 'alive' }));
  app.get('/readyz', (context) => {
    const readiness = readinessOf(options.status(), options.now());
    const wantsRecording = context.req.query('recording') !== undefined;
    const isWell = wantsRecording ? readiness.canRecord : readiness.canRedirect;
    return context.json(readiness.page, isWell ? 200 : 503);
  });
  app.get('/metrics', (context) => {
    context.header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8');
    return context.body(metricsText(options));
  });
  return app;
}

/**
 * A node that can't record still redirects, so by itself that is no reason to send it nothing: when the disks of
 * all nodes are full, a load balancer would turn every visitor away. `?recording` is for the one that may prefer.
 */
function readinessOf({ directory, spool, forwarder, isStopping }: NodeStatus, now: number) {
  const canRedirect = directory !== 'missing' && !isStopping;
  const canRecord = canRedirect && spool.state === 'ok';
  const isWell = canRecord && forwarder.awaySince === null;
  return {
    canRedirect,
    canRecord,
    page: {
      status: canRedirect ? (isWell ? 'ready' : 'degraded') : isStopping ? 'stopping' : 'starting',
      directory,
      spool: spool.state,
      store: forwarder.awaySince === null ? 'ok' : 'away',
      waitingEvents: spool.events,
      oldestSeconds: secondsSince(spool.oldestAt, now),
      setAsideEvents: spool.setAside,
    },
  };
}

function metricsText({ status, counters, now }: NodePagesOptions): string {
  const { directory, spool, forwarder } = status();
  const at = now();
  const lines = [
    counters.metricsText().trimEnd(),
    ...gauge('spool_events', 'Touches that wait on the local disk.', spool.events),
    ...gauge('spool_bytes', 'About how much of the disk they take.', spool.bytes),
    ...gauge(
      'spool_oldest_seconds',
      'How long the oldest of them has waited.',
      secondsSince(spool.oldestAt, at),
    ),
    ...gauge('spool_file_bytes', 'Size of the file they are in.', spool.fileBytes),
    ...gauge(
      'spool_set_aside_events',
      'Touches that the store refuses, kept on the local disk.',
      spool.setAside,
    ),
    ...gauge(
      'spool_recording',
      '1: touches are taken. 0: the disk is full or the file damaged.',
      spool.state === 'ok' ? 1 : 0,
    ),
    ...counter('spool_forwarded_total', 'Touches sent to the store.', forwarder.forwarded),
    ...counter(
      'spool_repeated_total',
      'Touches that the store had already when they were to be sent.',
      forwarder.repeated,
    ),
    ...counter('spool_failures_total', 'Tries to send that failed.', forwarder.failures),
    ...gauge(
      'spool_store_away_seconds',
      'How long the store has taken nothing; 0: it takes what is sent.',
      secondsSince(forwarder.awaySince, at),
    ),
    ...gauge(
      'tracker_directory_current',
      '1: the links are as the log has them. 0: as a snapshot had them, or missing.',
      directory === 'current' ? 1 : 0,
    ),
    ...gauge(
      'process_resident_memory_bytes',
      'Resident memory of the process.',
      process.memoryUsage.rss(),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function gauge(name: string, meaning: string, value: number): string[] {
  return sample('gauge', name, meaning, value);
}

function counter(name: string, meaning: string, value: number): string[] {
  return sample('counter', name, meaning, value);
}

function sample(type: string, name: string, meaning: string, value: number): string[] {
  const full = `provisie_${name}`;
  return [`# HELP ${full} ${meaning}`, `# TYPE ${full} ${type}`, `${full} ${String(value)}`];
}

function secondsSince(at: number | null, now: number): number {
  return at === null ? 0 : Math.max(0, now - at) / 1000;
}

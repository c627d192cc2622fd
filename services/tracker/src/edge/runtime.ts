import type { PlatformCaches } from './snapshot-cache.ts';

/** What a runtime hands over with a request, in the terms of this one. */
export interface RuntimeRequest {
  readonly environment: Readonly<Record<string, unknown>>;
  readonly address: string | null;
  readonly country: string | null;
  readonly waitUntil: (work: Promise<unknown>) => void;
}

/**
 * Cloudflare calls `fetch(request, env, context)`, Deno `fetch(request, { remoteAddr })` and Bun
 * `fetch(request, server)`.
 */
export function readRuntimeRequest(
  request: Request,
  second: unknown,
  third: unknown,
): RuntimeRequest {
  const context = isExecutionContext(third) ? third : null;
  if (context !== null) {
    return {
      environment: readRecord(second),
      // Cloudflare overwrites the header, whatever the visitor sends.
      address: request.headers.get('cf-connecting-ip'),
      country: countryOf(Reflect.get(request, 'cf')),
      waitUntil: (work) => {
        context.waitUntil(work);
      },
    };
  }
  return {
    environment: environmentVariables(),
    address: addressFromDeno(second) ?? addressFromBun(request, second),
    country: null,
    // A process outlives its requests.
    waitUntil: (work) => {
      work.catch(() => undefined);
    },
  };
}

/** Deno and Bun have Node's `process`; workerd hands its bindings over instead. */
function environmentVariables(): Readonly<Record<string, unknown>> {
  return readRecord(readRecord(Reflect.get(globalThis, 'process'))['env']);
}

/** The Cache API, where there is one. */
export function platformCaches(): PlatformCaches | null {
  const caches: unknown = Reflect.get(globalThis, 'caches');
  return isCaches(caches) ? caches : null;
}

interface ExecutionContext {
  waitUntil(work: Promise<unknown>): void;
}

function isExecutionContext(value: unknown): value is ExecutionContext {
  return typeof readRecord(value)['waitUntil'] === 'function';
}

function isCaches(value: unknown): value is PlatformCaches {
  return typeof readRecord(value)['open'] === 'function';
}

/** ISO 3166-1 alpha-2; `T1` is Tor and `XX` unknown. */
function countryOf(cf: unknown): string | null {
  const { country } = readRecord(cf);
  return typeof country === 'string' && /^[A-Z]{2}$/.test(country) && country !== 'XX'
    ? country
    : null;
}

function addressFromDeno(second: unknown): string | null {
  const { hostname } = readRecord(readRecord(second)['remoteAddr']);
  return typeof hostname === 'string' ? hostname : null;
}

interface BunServer {
  requestIP(request: Request): unknown;
}

function isBunServer(value: unknown): value is BunServer {
  return typeof readRecord(value)['requestIP'] === 'function';
}

function addressFromBun(request: Request, second: unknown): string | null {
  if (!isBunServer(second)) return null;
  const { address } = readRecord(second.requestIP(request));
  return typeof address === 'string' ? address : null;
}

/** Any object by its members, without trusting what they are. */
function readRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

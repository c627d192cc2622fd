import type { ProblemOptions } from '@provisie/http/problem';
import type { Context } from 'hono';
import { createAddressLimit } from './address-limit.ts';
import type { AddressLimit } from './address-limit.ts';
import { readBeacons } from './beacon.ts';
import type { Beacon } from './beacon.ts';
import { touchesOf } from './beacon-touch.ts';
import { readBody } from './body.ts';
import type { BeaconDropReason } from '../recording/drop-counters.ts';
import { preflightHeaders, readOrigin } from './origin.ts';
import { problemAnswer } from '../problems.ts';
import type { RecordOutcome } from '../recording/record-outcome.ts';
import type {
  Answer,
  PlainAnswer,
  RequestHeaders,
  TrackerContext,
  TrackerRequest,
} from '../tracker-context.ts';
import type { TrackerOptions } from '../tracker-options.ts';
import { isPrefetch, senderOf } from '../request/user-agent.ts';

export const MAX_BYTES = 8192;
const MEDIA_TYPES = new Set(['application/json', 'text/plain']);

/** `OPTIONS /t`. */
export function beaconPreflight({ directory }: TrackerOptions) {
  return (context: Context): Response => {
    const origin = readOrigin(context.req.raw, directory);
    if (origin.kind !== 'known') return foreignOrigin();
    return new Response(null, {
      status: 204,
      headers: { ...origin.headers, ...preflightHeaders() },
    });
  };
}

/** For a request of `/t`: records the snippet's beacons; 204 once they are durable. */
export type Beacons = (context: TrackerContext) => Promise<Answer>;

export function createBeacons(options: TrackerOptions): Beacons {
  const limit = createAddressLimit(options.beaconsPerMinute ?? 600);
  return async (context) => {
    const origin = readOrigin(context.req.raw, options.directory);
    const { dropped, refusal } =
      origin.kind === 'foreign'
        ? drop('foreign_origin', foreignOrigin())
        : await takeBeacons(context, options, limit);
    if (dropped !== null) options.counters.droppedBeacon(dropped);
    const headers = origin.kind === 'known' ? origin.headers : {};
    return refusal === null ? taken(headers) : withHeaders(refusal, headers);
  };
}

interface Outcome {
  readonly dropped: BeaconDropReason | null;
  /** Null: the beacons are taken. */
  readonly refusal: Response | null;
}

type OriginHeaders = Readonly<Record<string, string>>;

function withHeaders(response: Response, headers: OriginHeaders): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

async function takeBeacons(
  context: TrackerContext,
  options: TrackerOptions,
  limit: AddressLimit,
): Promise<Outcome> {
  const address = options.clientAddress(context);
  if (address !== null && limit.isReached(address, options.now())) return tooMany();
  if (!MEDIA_TYPES.has(mediaType(context.req.raw))) return unreadableMediaType();
  const body = await readBody(context.req.raw, MAX_BYTES);
  if (!body.ok) return body.reason === 'too_large' ? tooLarge() : malformed('It is not UTF-8.');
  const reading = readBeacons(body.text);
  if (!reading.ok) return malformed('See `errors` for where.', { errors: reading.errors });
  const automatic = automaticReason(context.req.raw.headers);
  if (automatic !== null) return drop(automatic, null);
  return recordBeacons(reading.beacons, context, options);
}

async function recordBeacons(
  beacons: readonly Beacon[],
  context: TrackerContext,
  options: TrackerOptions,
): Promise<Outcome> {
  const touches = await touchesOf(beacons, context, options);
  const nameless = touches.indexOf(null);
  if (nameless !== -1) {
    const path = beacons.length === 1 ? '/email' : `/${String(nameless)}/email`;
    return malformed('See `errors` for where.', {
      errors: [{ path, problem: 'is not an e-mail address', expected: 'like name@example.nl' }],
    });
  }
  const outcomes = await Promise.all(
    touches.filter((touch) => touch !== null).map((touch) => options.recorder.record(touch)),
  );
  for (const [index, outcome] of outcomes.entries()) {
    const kind = beacons[index]?.type;
    if (!outcome.recorded || kind === undefined) continue;
    if (outcome.repeated) options.counters.droppedBeacon('repeated');
    else options.counters.recorded(kind);
  }
  if (outcomes.every(({ recorded }) => recorded)) return { dropped: null, refusal: null };
  const isOverloaded = outcomes.some(isRefusedForLoad);
  return later(isOverloaded ? 'overloaded' : 'not_recorded');
}

/** Bots and guesses of the browser get the same answer as people, but leave no trace. */
function automaticReason(headers: RequestHeaders): BeaconDropReason | null {
  if (isPrefetch(headers)) return 'prefetch';
  const sender = senderOf(headers.get('user-agent') ?? '');
  return sender === 'person' ? null : sender;
}

function mediaType({ headers }: TrackerRequest): string {
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  return type.trim().toLowerCase();
}

function isRefusedForLoad(outcome: RecordOutcome): boolean {
  return !outcome.recorded && outcome.reason === 'overloaded';
}

function drop(dropped: BeaconDropReason, refusal: Response | null): Outcome {
  return { dropped, refusal };
}

function taken(headers: OriginHeaders): PlainAnswer {
  return { status: 204, headers: { ...headers, 'Cache-Control': 'no-store' } };
}

function foreignOrigin(): Response {
  return problemAnswer('foreign_origin', 'Only pages on the hosts of a programme send beacons.');
}

function unreadableMediaType(): Outcome {
  const detail = 'Send `Content-Type: application/json`, or `text/plain` with JSON in it.';
  return drop('unsupported_media_type', problemAnswer('unsupported_media_type', detail));
}

function tooLarge(): Outcome {
  const detail = `A beacon has at most ${String(MAX_BYTES)} bytes.`;
  return drop('too_large', problemAnswer('body_too_large', detail));
}

function tooMany(): Outcome {
  const detail = 'This address sent too many beacons in this minute; send them again later.';
  const headers = { 'Retry-After': '60' };
  return drop('rate_limited', problemAnswer('rate_limited', detail, { headers }));
}

function malformed(where: string, options?: ProblemOptions): Outcome {
  return drop(
    'malformed',
    problemAnswer('invalid_request', `This is no beacon. ${where}`, options),
  );
}

function later(dropped: 'overloaded' | 'not_recorded'): Outcome {
  const detail = 'Send it again: what was recorded already counts once.';
  const headers = { 'Retry-After': '30' };
  return drop(dropped, problemAnswer('not_recorded', detail, { headers }));
}

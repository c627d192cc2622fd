import type { ProblemOptions } from '@provisie/http/problem';
import type { Context } from 'hono';
import { createAddressLimit } from './address-limit.ts';
import type { AddressLimit } from './address-limit.ts';
import { readBeacons } from './beacon.ts';
import type { Beacon } from './beacon.ts';
import { createTouchReader } from './beacon-touch.ts';
import { readBody } from './body.ts';
import type { BeaconDropReason } from './drop-counters.ts';
import { preflightHeaders, readOrigin } from './origin.ts';
import { problemAnswer } from './problems.ts';
import type { RecordOutcome } from './record-outcome.ts';
import type { TrackerOptions } from './tracker-options.ts';
import { isPrefetch, senderOf } from './user-agent.ts';

const MAX_BYTES = 8192;
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

/** `POST /t`: records the snippet's beacons; 204 once they are durable. */
export function beaconRoute(options: TrackerOptions) {
  const limit = createAddressLimit(options.beaconsPerMinute ?? 600);
  return async (context: Context): Promise<Response> => {
    const origin = readOrigin(context.req.raw, options.directory);
    const answer =
      origin.kind === 'foreign'
        ? drop('foreign_origin', foreignOrigin())
        : await takeBeacons(context, options, limit);
    if (answer.dropped !== null) options.counters.droppedBeacon(answer.dropped);
    const headers = origin.kind === 'known' ? origin.headers : {};
    return answer.refusal === null ? taken(headers) : withHeaders(answer.refusal, headers);
  };
}

interface Answer {
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
  context: Context,
  options: TrackerOptions,
  limit: AddressLimit,
): Promise<Answer> {
  const address = options.clientAddress(context);
  if (address !== null && limit.isReached(address, options.now())) return tooMany();
  if (!MEDIA_TYPES.has(mediaType(context))) return unreadableMediaType();
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
  context: Context,
  options: TrackerOptions,
): Promise<Answer> {
  const touchOf = createTouchReader(context, options);
  const touches = await Promise.all(beacons.map(touchOf));
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
function automaticReason(headers: Headers): BeaconDropReason | null {
  if (isPrefetch(headers)) return 'prefetch';
  const sender = senderOf(headers.get('user-agent') ?? '');
  return sender === 'person' ? null : sender;
}

function mediaType(context: Context): string {
  const [type = ''] = (context.req.header('content-type') ?? '').split(';');
  return type.trim().toLowerCase();
}

function isRefusedForLoad(outcome: RecordOutcome): boolean {
  return !outcome.recorded && outcome.reason === 'overloaded';
}

function drop(dropped: BeaconDropReason, refusal: Response | null): Answer {
  return { dropped, refusal };
}

function taken(headers: OriginHeaders): Response {
  return new Response(null, { status: 204, headers: { ...headers, 'Cache-Control': 'no-store' } });
}

function foreignOrigin(): Response {
  return problemAnswer('foreign_origin', 'Only pages on the hosts of a programme send beacons.');
}

function unreadableMediaType(): Answer {
  const detail = 'Send `Content-Type: application/json`, or `text/plain` with JSON in it.';
  return drop('unsupported_media_type', problemAnswer('unsupported_media_type', detail));
}

function tooLarge(): Answer {
  const detail = `A beacon has at most ${String(MAX_BYTES)} bytes.`;
  return drop('too_large', problemAnswer('body_too_large', detail));
}

function tooMany(): Answer {
  const detail = 'This address sent too many beacons in this minute; send them again later.';
  const headers = { 'Retry-After': '60' };
  return drop('rate_limited', problemAnswer('rate_limited', detail, { headers }));
}

function malformed(where: string, options?: ProblemOptions): Answer {
  return drop(
    'malformed',
    problemAnswer('invalid_request', `This is no beacon. ${where}`, options),
  );
}

function later(dropped: 'overloaded' | 'not_recorded'): Answer {
  const detail = 'Send it again: what was recorded already counts once.';
  const headers = { 'Retry-After': '30' };
  return drop(dropped, problemAnswer('not_recorded', detail, { headers }));
}

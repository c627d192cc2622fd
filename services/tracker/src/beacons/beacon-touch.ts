import { newFact } from '@provisie/domain';
import type { ConsentSignal, Instant, NewFact, Utm } from '@provisie/domain';
import { eventIdAt, eventIdOf } from '@provisie/event-store';
import type { Beacon } from './beacon.ts';
import { hashAddress, objectsToTracking, readCircumstances } from '../request/circumstances.ts';
import { timeIn } from './snippet-beacon.ts';
import type { RequestHeaders, TrackerContext } from '../tracker-context.ts';
import type { TrackerOptions } from '../tracker-options.ts';

type BeaconOf<Type extends Beacon['type']> = Extract<Beacon, { type: Type }>;

/** What a browser sent, as events; null for an identification that names no customer. */
export async function touchesOf(
  beacons: readonly Beacon[],
  context: TrackerContext,
  options: TrackerOptions,
): Promise<(NewFact | null)[]> {
  const { headers } = context.req.raw;
  const request = {
    receivedAt: options.now(),
    headers,
    objects: objectsToTracking(headers),
    country: options.country?.(context.req.raw) ?? null,
    ipHash: await hashAddress(context, options),
  };
  return Promise.all(
    beacons.map(async (beacon): Promise<NewFact | null> => {
      if (beacon.type === 'visit') {
        return newFact('VisitRecorded', touchOf(beacon, visitSaid(beacon), request));
      }
      if (beacon.type === 'coupon') {
        return newFact('CouponEntered', touchOf(beacon, { couponCode: beacon.code }, request));
      }
      return identificationOf(beacon, request, options);
    }),
  );
}

/** What all beacons of a request share. */
interface BeaconRequest {
  readonly receivedAt: Instant;
  readonly headers: RequestHeaders;
  readonly objects: boolean;
  readonly country: string | null;
  readonly ipHash: string | null;
}

/** A touch with what a beacon of its kind alone says, and what its request tells. */
function touchOf<Said extends object>(beacon: Beacon, said: Said, request: BeaconRequest) {
  const { receivedAt, headers, country, ipHash } = request;
  const touchId = touchIdOf(beacon, said);
  const consent = consentOf(beacon, request);
  const circumstances = readCircumstances(headers, { country, ipHash, consent });
  return {
    id: touchId,
    occurredAt: occurrenceOf(beacon, receivedAt),
    data: { touchId, visitorId: beacon.visitorId, ...said, ...circumstances },
  };
}

async function identificationOf(
  beacon: BeaconOf<'identify'>,
  request: BeaconRequest,
  { customerKeys }: TrackerOptions,
): Promise<NewFact | null> {
  const customer = beacon.customer ?? (await customerKeys.ofEmail(beacon.email ?? ''));
  if (customer === null) return null;
  const id = touchIdOf(beacon, { customer });
  return newFact('VisitorIdentified', {
    id,
    occurredAt: occurrenceOf(beacon, request.receivedAt),
    data: {
      touchId: id,
      visitorId: beacon.visitorId,
      customer,
      consent: consentOf(beacon, request),
    },
  });
}

function occurrenceOf({ ageMs }: Beacon, receivedAt: Instant): Instant {
  return receivedAt - Math.max(0, ageMs);
}

function consentOf({ consent }: Beacon, { objects }: BeaconRequest): ConsentSignal {
  return objects ? 'denied' : consent;
}

/**
 * Made of all that the beacon says but its age: a beacon that is sent again is the same touch, and nobody can take the id
 * of another's. Where it tells when it was made, as the snippet's do, touches of one time have ids beside each other.
 */
function touchIdOf({ type, id, visitorId }: Beacon, said: object): string {
  const madeAt = timeIn(id);
  const key = ['Beacon', type, id, visitorId, JSON.stringify(said)];
  return madeAt === null ? eventIdOf(...key) : eventIdAt(madeAt, ...key);
}

/** What it says, in an order of its own and without what it leaves open. */
function visitSaid({ ref, clickId, utm, path, referrerHost }: BeaconOf<'visit'>) {
  const campaign = utm === undefined ? {} : utmSaid(utm);
  return {
    ...(ref && { ref }),
    ...(clickId && { clickId: clickId.toLowerCase() }),
    ...(Object.keys(campaign).length > 0 && { utm: campaign }),
    ...(path && { path }),
    ...(referrerHost && { referrerHost }),
  };
}

function utmSaid(utm: NonNullable<BeaconOf<'visit'>['utm']>): Utm {
  const { source, medium, campaign, term, content } = utm;
  return {
    ...(source && { source }),
    ...(medium && { medium }),
    ...(campaign && { campaign }),
    ...(term && { term }),
    ...(content && { content }),
  };
}

import { newFact } from '@provisie/domain';
import type { ConsentSignal, NewFact, Utm } from '@provisie/domain';
import { eventIdOf } from '@provisie/event-store';
import type { Beacon } from './beacon.ts';
import { hashAddress, objectsToTracking, readCircumstances } from './circumstances.ts';
import type { TrackerContext } from './tracker-context.ts';
import type { TrackerOptions } from './tracker-options.ts';

type BeaconOf<Type extends Beacon['type']> = Extract<Beacon, { type: Type }>;

/** Turns what a browser sent into events. Null: an identification that names no customer. */
export function createTouchReader(context: TrackerContext, options: TrackerOptions) {
  const receivedAt = options.now();
  const { headers } = context.req.raw;
  const objects = objectsToTracking(headers);

  const consentOf = (beacon: Beacon): ConsentSignal => (objects ? 'denied' : beacon.consent);
  const occurrenceOf = (beacon: Beacon) => receivedAt - Math.max(0, beacon.ageMs);

  const circumstancesOf = async (beacon: BeaconOf<'visit' | 'coupon'>) => {
    const country = options.country?.(context.req.raw) ?? null;
    const ipHash = await hashAddress(context, options);
    return readCircumstances(headers, { country, ipHash, consent: consentOf(beacon) });
  };

  const visit = async (beacon: BeaconOf<'visit'>) => {
    const said = visitSaid(beacon);
    const id = touchIdOf(beacon, said);
    const circumstances = await circumstancesOf(beacon);
    return newFact('VisitRecorded', {
      id,
      occurredAt: occurrenceOf(beacon),
      data: { touchId: id, visitorId: beacon.visitorId, ...said, ...circumstances },
    });
  };

  const coupon = async (beacon: BeaconOf<'coupon'>) => {
    const said = { couponCode: beacon.code };
    const id = touchIdOf(beacon, said);
    const circumstances = await circumstancesOf(beacon);
    return newFact('CouponEntered', {
      id,
      occurredAt: occurrenceOf(beacon),
      data: { touchId: id, visitorId: beacon.visitorId, ...said, ...circumstances },
    });
  };

  const identification = async (beacon: BeaconOf<'identify'>) => {
    const customer = beacon.customer ?? (await options.customerKeys.ofEmail(beacon.email ?? ''));
    if (customer === null) return null;
    const id = touchIdOf(beacon, { customer });
    return newFact('VisitorIdentified', {
      id,
      occurredAt: occurrenceOf(beacon),
      data: {
        touchId: id,
        visitorId: beacon.visitorId,
        customer,
        consent: consentOf(beacon),
      },
    });
  };

  return (beacon: Beacon): Promise<NewFact | null> => {
    if (beacon.type === 'visit') return visit(beacon);
    if (beacon.type === 'coupon') return coupon(beacon);
    return identification(beacon);
  };
}

/**
 * A UUIDv5 of all that the beacon says but its age: a beacon that is sent again is the same touch, and nobody
 * can take the id of another's.
 */
function touchIdOf({ type, id, visitorId }: Beacon, said: object): string {
  return eventIdOf('Beacon', type, id, visitorId, JSON.stringify(said));
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

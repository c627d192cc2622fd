import type { EntityCache } from '../batch/entity-cache.ts';
import type { TouchGroup } from '../sums/groupings.ts';

/** Whose touches at a link are; nobody's at a code that is no link. */
export interface Owner {
  readonly partner_id: string;
  readonly programme_id: string;
}

export function ownerOf(cache: EntityCache, linkCode: string): Owner {
  const created = cache.linkCreated(linkCode);
  if (created === null) return { partner_id: '', programme_id: '' };
  return { partner_id: created.data.partnerId, programme_id: created.data.programmeId };
}

/** Where somebody was: at which link, with which campaign. */
export interface Place {
  readonly link_code: string;
  readonly campaign: string;
}

/** A place as a group of touches: with whose it is. */
export function owned(
  { link_code, campaign }: Place,
  { partner_id, programme_id }: Owner,
): TouchGroup {
  return { partner_id, programme_id, link_code, campaign };
}

/** As `owned`, with whose it is now. */
export function withOwner(cache: EntityCache, place: Place): TouchGroup {
  return owned(place, ownerOf(cache, place.link_code));
}

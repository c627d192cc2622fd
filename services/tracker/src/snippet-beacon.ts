import * as z from 'zod';
import { readCampaign } from './campaign.ts';
import { readReferrerHost } from './circumstances.ts';

/** What the snippet says of a page. */
const pageSchema = z.object({
  /** The parts of its address that lead back to a partner, as they stand there: `?ref=woonblog`, `&utm_source=blog`. */
  search: z.array(z.string()),
  path: z.string(),
  /** All that the browser tells of the page before; its host is kept. */
  referrer: z.string(),
});

/** One call of the page, by its name. What isn't read here is left to the schema of beacons. */
const snippetBeaconSchema = z.looseObject({
  visit: pageSchema.optional(),
  identify: z.looseObject({}).optional(),
  /** When it was made, by the visitor's clock. */
  at: z.int(),
});

/**
 * The beacon that the snippet means: to stay small it says things as it finds them. What others send, and older
 * copies of the snippet, is a beacon already.
 */
export function spelledOut(sent: unknown): unknown {
  const reading = snippetBeaconSchema.safeParse(sent);
  if (!reading.success) return sent;
  const { visit, coupon, identify, at, consent, ...rest } = reading.data;
  const envelope = { ...rest, id: idOf(at), consent: consent ? 'granted' : 'unknown' };
  if (visit !== undefined) return { ...envelope, type: 'visit', ...visitSaid(visit) };
  if (identify !== undefined) return { ...identify, ...envelope, type: 'identify' };
  return coupon === undefined ? sent : { ...envelope, type: 'coupon', code: coupon };
}

/** A visitor doesn't say the same twice in one millisecond, so the time tells beacons apart. */
function idOf(at: number): string {
  return String(at).padStart(16, '0');
}

function visitSaid({ search, path, referrer }: z.infer<typeof pageSchema>) {
  const asked = new URLSearchParams(search.join(''));
  return {
    ref: asked.get('ref') ?? undefined,
    clickId: asked.get('click_id') ?? undefined,
    utm: readCampaign(asked).utm,
    path,
    referrerHost: readReferrerHost(referrer) ?? undefined,
  };
}

import type { FactOfType, TouchFact } from '@provisie/domain';
import type { EntityCache } from '../batch/entity-cache.ts';
import { utmKey } from '../batch/touch-rows.ts';

/**
 * The code of the link that a click or visit names, as the rules read it: a click its own, also one that
 * isn't known yet; a visit its `ref` if that was a link by then, else the link registered for its UTM values.
 */
export function linkNamedBy(cache: EntityCache, touch: TouchFact): string | null {
  if (touch.kind !== 'visit' || touch.linkCode === null) {
    return touch.kind === 'visit' ? linkNamedByUtm(cache, touch) : touch.linkCode;
  }
  const link = cache.linkCreated(touch.linkCode);
  if (link !== null && link.occurredAt <= touch.occurredAt) return touch.linkCode;
  return linkNamedByUtm(cache, touch) ?? link?.data.code ?? null;
}

const NO_VALUES = '{}';

function linkNamedByUtm(cache: EntityCache, touch: TouchFact): string | null {
  const utm = utmKey(touch.utm);
  if (utm === null || utm === NO_VALUES) return null;
  let named: FactOfType<'LinkCreated'> | null = null;
  for (const code of cache.linksWithUtm(utm)) {
    const link = cache.linkCreated(code);
    if (link === null || link.occurredAt > touch.occurredAt) continue;
    if (utmKey(link.data.utm) !== utm) continue;
    if (named === null || isRegisteredLater(link, named)) named = link;
  }
  return named?.data.code ?? null;
}

function isRegisteredLater(a: FactOfType<'LinkCreated'>, b: FactOfType<'LinkCreated'>): boolean {
  return a.occurredAt === b.occurredAt ? a.data.code > b.data.code : a.occurredAt > b.occurredAt;
}

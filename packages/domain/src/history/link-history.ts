import type { FactOfType } from '../event-catalogue.ts';
import type { Utm } from '../events/touch-events.ts';
import type { Instant } from '../instant.ts';
import { compareIds } from '../order-of.ts';
import { countingFact } from '../repeats.ts';

export type LinkFact = FactOfType<'LinkCreated' | 'LinkRetargeted' | 'LinkDisabled'>;
export type LinkCreatedFact = FactOfType<'LinkCreated'>;

/** Everything known of one link; each fact once. */
export interface LinkHistory {
  created: LinkCreatedFact | undefined;
  disabled: FactOfType<'LinkDisabled'> | undefined;
  readonly retargeted: FactOfType<'LinkRetargeted'>[];
}

export function newLinkHistory(): LinkHistory {
  return { created: undefined, disabled: undefined, retargeted: [] };
}

export function addLinkFact(history: LinkHistory, fact: LinkFact): void {
  switch (fact.type) {
    case 'LinkCreated':
      history.created = countingFact(history.created, fact);
      break;
    case 'LinkDisabled':
      history.disabled = countingFact(history.disabled, fact);
      break;
    case 'LinkRetargeted':
      history.retargeted.push(fact);
      break;
  }
}

/** Disabled from the millisecond of its disabling on; a link that isn't created yet doesn't work either. */
export function isLinkEnabledAt(history: LinkHistory, at: Instant): boolean {
  if (history.created === undefined || history.created.occurredAt > at) return false;
  return history.disabled === undefined || history.disabled.occurredAt > at;
}

/** Of the links registered for exactly these UTM values by `at`, the last registered (then the greater code). */
export function linkNamedByUtm(
  links: Iterable<LinkHistory>,
  utm: Utm,
  at: Instant,
): LinkHistory | null {
  let named: (LinkHistory & { created: LinkCreatedFact }) | null = null;
  for (const link of links) {
    if (!isCreated(link) || link.created.occurredAt > at || !namesUtm(link.created, utm)) continue;
    if (named === null || compareRegistration(link.created, named.created) > 0) named = link;
  }
  return named;
}

function isCreated(link: LinkHistory): link is LinkHistory & { created: LinkCreatedFact } {
  return link.created !== undefined;
}

function compareRegistration(a: LinkCreatedFact, b: LinkCreatedFact): number {
  return a.occurredAt - b.occurredAt || compareIds(a.data.code, b.data.code);
}

function namesUtm(created: LinkCreatedFact, utm: Utm): boolean {
  const own = created.data.utm;
  return own !== undefined && hasUtm(own) && isSameUtm(own, utm);
}

function hasUtm(utm: Utm): boolean {
  return (
    utm.source !== undefined ||
    utm.medium !== undefined ||
    utm.campaign !== undefined ||
    utm.term !== undefined ||
    utm.content !== undefined
  );
}

function isSameUtm(a: Utm, b: Utm): boolean {
  return (
    a.source === b.source &&
    a.medium === b.medium &&
    a.campaign === b.campaign &&
    a.term === b.term &&
    a.content === b.content
  );
}

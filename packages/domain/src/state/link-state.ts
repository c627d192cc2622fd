import type { Fact } from '../event-catalogue.ts';
import type { Utm } from '../events/touch-events.ts';
import { addLinkFact, newLinkHistory } from '../history/link-history.ts';
import type { LinkCreatedFact, LinkHistory } from '../history/link-history.ts';
import type { Instant } from '../instant.ts';
import { countingFact } from '../repeats.ts';

export interface LinkState {
  readonly code: string;
  readonly programmeId: string;
  readonly partnerId: string;
  readonly destination: string;
  readonly utm: Utm | null;
  readonly label: string | null;
  readonly createdAt: Instant;
  readonly disabledAt: Instant | null;
}

/** What the facts of one link come to; null when its creation isn't among them. */
export function linkState(facts: Iterable<Fact>): LinkState | null {
  const history = newLinkHistory();
  for (const fact of facts) {
    if (
      fact.type === 'LinkCreated' ||
      fact.type === 'LinkRetargeted' ||
      fact.type === 'LinkDisabled'
    ) {
      addLinkFact(history, fact);
    }
  }
  const { created, disabled } = history;
  if (created === undefined) return null;
  const { code, programmeId, partnerId, utm, label } = created.data;
  return {
    code,
    programmeId,
    partnerId,
    destination: destinationOf(created, history),
    utm: utm ?? null,
    label: label ?? null,
    createdAt: created.occurredAt,
    disabledAt: disabled?.occurredAt ?? null,
  };
}

/** The last it was given; of two at one millisecond the smaller content. */
function destinationOf(created: LinkCreatedFact, history: LinkHistory): string {
  let last: LinkHistory['retargeted'][number] | undefined;
  for (const fact of history.retargeted) {
    if (last === undefined || fact.occurredAt > last.occurredAt) last = fact;
    else if (fact.occurredAt === last.occurredAt) last = countingFact(last, fact);
  }
  return last === undefined || last.occurredAt < created.occurredAt
    ? created.data.destination
    : last.data.destination;
}

import type { Fact, FactOfType, EventType, Terms } from '@provisie/domain';

/**
 * The rules of the shared design once more, from its words alone and as plainly as can be: everything is found by
 * filtering and sorting whole lists. Of the domain it takes the types of the events and nothing that decides.
 */
export class Known {
  readonly #facts: readonly Fact[];

  constructor(facts: readonly Fact[]) {
    this.#facts = onlySmallest(facts);
  }

  all<Type extends EventType>(type: Type): readonly FactOfType<Type>[] {
    return this.#facts.filter((fact): fact is FactOfType<Type> => fact.type === type);
  }

  /** Rule 14: the greatest (effectiveFrom, version) that has begun. */
  termsAt(programmeId: string, at: number): FactOfType<'TermsPublished'>['data'] | null {
    const begun = this.all('TermsPublished')
      .map(({ data }) => data)
      .filter((data) => data.programmeId === programmeId && data.effectiveFrom <= at)
      .toSorted((a, b) => a.effectiveFrom - b.effectiveFrom || a.termsVersion - b.termsVersion);
    return begun.at(-1) ?? null;
  }

  termsOfVersion(programmeId: string, version: number): Terms | null {
    const found = this.all('TermsPublished').find(
      ({ data }) => data.programmeId === programmeId && data.termsVersion === version,
    );
    return found?.data.terms ?? null;
  }
}

/** Rule 13. */
function onlySmallest(facts: readonly Fact[]): readonly Fact[] {
  const groups = Map.groupBy(facts, keyOf);
  return [...groups.values()].flatMap((group) => group.toSorted(bySize).slice(0, 1));
}

function bySize(a: Fact, b: Fact): number {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt - b.occurredAt;
  return canonical(a.data) < canonical(b.data) ? -1 : 1;
}

/** RFC 8785, for what stands in events. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`;
}

/** What makes two facts tell of the same thing; what may happen again and again is told apart by its event. */
function keyOf({ type, data, id }: Fact): string {
  if ('touchId' in data) return `${type === 'VisitorIdentified' ? type : 'touch'} ${data.touchId}`;
  if ('refundId' in data) return `${type} ${data.orderId} ${data.refundId}`;
  if ('amendmentId' in data) return `${type} ${data.orderId} ${data.amendmentId}`;
  if ('termsVersion' in data) return `${type} ${data.programmeId} ${String(data.termsVersion)}`;
  if ('writeOffId' in data) return `${type} ${data.writeOffId}`;
  if (ONCE_PER_ORDER.has(type) && 'orderId' in data) return `${type} ${data.orderId}`;
  if (ONCE_PER_CODE.has(type) && 'code' in data) return `${type} ${data.code}`;
  if (ONCE_PER_PAYOUT.has(type) && 'payoutId' in data) return `${type} ${data.payoutId}`;
  if (ONCE_PER_PROGRAMME.has(type) && 'programmeId' in data) return `${type} ${data.programmeId}`;
  return id;
}

const ONCE_PER_ORDER = new Set<EventType>(['OrderPlaced', 'OrderCompleted', 'OrderCancelled']);
const ONCE_PER_CODE = new Set<EventType>([
  'LinkCreated',
  'LinkDisabled',
  'CouponIssued',
  'CouponWithdrawn',
]);
const ONCE_PER_PAYOUT = new Set<EventType>([
  'PayoutScheduled',
  'PayoutPaid',
  'PayoutFailed',
  'PayoutCancelled',
]);
const ONCE_PER_PROGRAMME = new Set<EventType>(['ProgrammeOpened', 'ProgrammeClosed']);

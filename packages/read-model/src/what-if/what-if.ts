import { streams, type Fact, type Instant, type Terms } from '@provisie/domain';
import { readableFact, type EventStore } from '@provisie/event-store';
import { withTablesAside } from '../verifying/tables-aside.ts';
import {
  CommissionComparison,
  type OrderDifference,
  type PartnerDifference,
} from './compare-commissions.ts';
import { logUnderTerms, logWithoutPayouts, PUT_IN_FRONT } from './log-supposed.ts';
import { supposed, type SupposedTerms, type Supposition } from './supposition.ts';

export interface WhatIfOptions extends SupposedTerms {
  readonly store: EventStore;
  /** Orders placed until before this moment: UTC milliseconds; default: all. */
  readonly before?: Instant | undefined;
  /** Positions that are done, and in all: each counts twice, once for either side. */
  readonly onProgress?: (progress: { readonly handled: number; readonly total: number }) => void;
  /** Each order that differs, in the order of their ids. */
  readonly onOrder?: (order: OrderDifference) => void;
}

export interface WhatIf {
  readonly supposition: Supposition;
  /** The terms that were in force, of which the supposed ones are a change. */
  readonly inForce: Terms;
  /** The log was read up to here. */
  readonly position: number;
  /** All whose orders of the period earn on either side, also those whom nothing changes for. */
  readonly partners: readonly PartnerDifference[];
  readonly ordersThatDiffer: number;
}

/**
 * What a programme's partners would have earned under other terms. Both sides are worked out from the same log by the
 * same code, and as if nothing had been paid out, so that they differ by the terms alone; into files that are gone
 * afterwards. Nothing is written to the log, and nobody's tables change. Throws `SuppositionError`.
 */
export async function whatIf(options: WhatIfOptions): Promise<WhatIf> {
  const { store, programmeId, before = Number.POSITIVE_INFINITY, onOrder } = options;
  const { supposition, inForce } = supposed(options, await factsOf(store, programmeId));
  const position = await store.head();
  const published = logWithoutPayouts(store);
  const sides = [
    { log: published, until: position },
    { log: logUnderTerms(published, supposition), until: position + PUT_IN_FRONT },
  ] as const;
  const onShareOf = (side: 0 | 1) => (share: number) =>
    options.onProgress?.({
      handled: Math.round((side + share) * position),
      total: sides.length * position,
    });

  const comparison = new CommissionComparison();
  let ordersThatDiffer = 0;
  await withTablesAside({ ...sides[0], onShare: onShareOf(0) }, (one) =>
    withTablesAside({ ...sides[1], onShare: onShareOf(1) }, async (other) => {
      const period = { from: supposition.from, before };
      for await (const order of comparison.differences(one, other, period)) {
        ordersThatDiffer += 1;
        onOrder?.(order);
      }
    }),
  );
  return { supposition, inForce, position, partners: comparison.partners(), ordersThatDiffer };
}

async function factsOf(store: EventStore, programmeId: string): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for await (const event of store.readStream(streams.programme(programmeId))) {
    const fact = readableFact(event);
    if (fact !== null) facts.push(fact);
  }
  return facts;
}

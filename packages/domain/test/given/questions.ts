import type { Decision, Fact, Facts } from '../../src/index.ts';
import { decide, gatherFacts } from '../../src/index.ts';

export type Given = Fact | readonly Fact[];

export function factsOf(...given: readonly Given[]): Facts {
  return gatherFacts(given.flat());
}

/** The decision on order `o1` (or another), which must be there. */
export function decided(given: readonly Given[], orderId = 'o1'): Decision {
  const decision = decide(orderId, factsOf(...given));
  if (decision === null) throw new Error(`order ${orderId} isn't among the facts`);
  return decision;
}

/** The partner who got the order; null for nobody. */
export function awardee(...given: readonly Given[]): string | null {
  return decided(given).award?.partnerId ?? null;
}

/** What became of each candidate, latest first, as `touch: result`; touches by their number. */
export function results(...given: readonly Given[]): readonly string[] {
  return decided(given).candidates.map(({ touchId, result }) => `${touchName(touchId)}: ${result}`);
}

function touchName(touchId: string): string {
  return touchId.startsWith('coupon:') ? touchId : String(Number.parseInt(touchId.slice(24), 16));
}

/** What order `o1` (or another) earns, in cents. */
export function earned(given: readonly Given[], orderId = 'o1'): number {
  return decided(given, orderId).commission?.amountCents ?? 0;
}

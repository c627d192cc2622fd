import type { Random } from '../machinery/random.ts';
import type { Desk, Intent } from './desk.ts';
import type { Market } from './market.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Who does something, with what they know. */
export interface Scene {
  readonly market: Market;
  readonly random: Random;
  readonly desk: Desk;
  readonly now: () => number;
}

/** Null when there is nothing to do it with. */
export type Doing = (scene: Scene) => Intent | null;

/** Names that don't come twice. */
export function fresh({ market }: Scene, kind: string): string {
  market.counter += 1;
  return `${kind}${String(market.counter)}`;
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}

/** Now, or a while ago. */
export function lately({ random, now }: Scene, mostMs: number): number {
  return now() - (random.chance(0.3) ? 0 : random.between(0, mostMs));
}

export function anyOf<Item>({ random }: Scene, items: readonly Item[]): Item | null {
  return items.length === 0 ? null : random.pick(items);
}

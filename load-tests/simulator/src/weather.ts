import type { Random } from './machinery/random.ts';
import type { Part } from './system/parts.ts';

export const FAULTS = [
  'kill',
  'call_fails',
  'store_dies',
  'store_torn',
  'spool_torn',
  'processes_die',
  'clock_jumps',
  'store_full',
  'store_slow',
] as const;
export type Fault = (typeof FAULTS)[number];

/** What a run is like: which processes there are, what goes wrong and how often, and what people do. */
export interface Weather {
  readonly isOneMachine: boolean;
  readonly processes: readonly { readonly name: string; readonly parts: readonly Part[] }[];
  /** The share of steps outside a process at which others may come first. */
  readonly interleaving: number;
  /** Per thousand steps; a kind that is absent doesn't happen. */
  readonly faults: Readonly<Partial<Record<Fault, number>>>;
  /** How many things are done at the same time. */
  readonly hands: number;
  /** How often something done is told again. */
  readonly repeats: number;
  readonly doings: Readonly<Record<string, number>>;
  readonly approvalsRequired: 1 | 2;
}

const CLUSTERS: readonly Weather['processes'][] = [
  [
    { name: 'tracker-1', parts: ['tracker'] },
    { name: 'api-1', parts: ['api'] },
    { name: 'projector-1', parts: ['projector'] },
  ],
  [
    { name: 'tracker-1', parts: ['tracker'] },
    { name: 'tracker-2', parts: ['tracker'] },
    { name: 'api-1', parts: ['api'] },
    { name: 'api-2', parts: ['api'] },
    { name: 'projector-1', parts: ['projector'] },
    { name: 'projector-2', parts: ['projector'] },
  ],
  [
    { name: 'api-1', parts: ['api', 'projector'] },
    { name: 'api-2', parts: ['api', 'projector', 'tracker'] },
  ],
];

const ONE_MACHINE: Weather['processes'] = [{ name: 'one', parts: ['tracker', 'api', 'projector'] }];

/** Swarm testing (Groce et al. 2012): each run has some kinds of everything, so that each gets its turn alone. */
export function drawWeather(
  random: Random,
  doings: readonly string[],
  without: readonly Fault[] = [],
): Weather {
  const isOneMachine = random.chance(0.35);
  const isCalm = random.chance(0.15);
  const faults: Partial<Record<Fault, number>> = {};
  for (const fault of FAULTS) {
    const isOn = !isCalm && random.chance(0.45);
    const often = random.pick([1, 4, 15]);
    if (isOn && !without.includes(fault)) faults[fault] = often;
  }
  const weights: Record<string, number> = {};
  for (const doing of doings) weights[doing] = random.pick([0, 0, 1, 2, 5]);
  // Without orders and payouts there is little to get wrong.
  weights['place'] = random.pick([2, 5]);
  weights['approve run'] = random.pick([1, 3]);
  return {
    isOneMachine,
    processes: isOneMachine ? ONE_MACHINE : random.pick(CLUSTERS),
    interleaving: random.pick([0, 0.1, 0.3, 0.8]),
    faults,
    hands: random.pick([1, 2, 4, 8]),
    repeats: random.pick([0, 0.1, 0.3]),
    doings: weights,
    approvalsRequired: random.chance(0.2) ? 2 : 1,
  };
}

import type { Run } from './measurement.ts';

interface Pair {
  readonly ours: Run;
  readonly limit: Run;
}

/** The rounds one after the other: ours, limit, ours, limit, … so that both meet the same machine. */
export async function interleaved(
  rounds: number,
  pair: (round: number) => Promise<Pair>,
): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round += 1) pairs.push(await pair(round));
  return pairs;
}

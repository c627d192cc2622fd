interface Pair<Side> {
  readonly ours: Side;
  readonly limit: Side;
}

/** The rounds one after the other: ours, limit, ours, limit, … so that both meet the same machine. */
export async function interleaved<Side>(
  rounds: number,
  pair: (round: number) => Promise<Pair<Side>>,
): Promise<readonly Pair<Side>[]> {
  const pairs: Pair<Side>[] = [];
  for (let round = 0; round < rounds; round += 1) pairs.push(await pair(round));
  return pairs;
}

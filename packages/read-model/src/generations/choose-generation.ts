import type { Generation } from './generation.ts';

/**
 * What a reader of `version` reads: the live generation of it; until there is one, the newest of those that it can
 * read as well; null when there is none.
 */
export function generationToRead(
  generations: readonly Generation[],
  version: number,
  readableVersions: readonly number[],
): Generation | null {
  const live = generations.filter(({ state }) => state === 'live');
  const readable = [version, ...[...readableVersions].sort((a, b) => b - a)];
  for (const wanted of readable) {
    const found = live.find((generation) => generation.version === wanted);
    if (found !== undefined) return found;
  }
  return null;
}

/** The build that a reader of `version` waits for. */
export function generationInTheMaking(
  generations: readonly Generation[],
  version: number,
): Generation | null {
  return (
    generations.findLast(
      (generation) => generation.version === version && generation.state === 'building',
    ) ?? null
  );
}

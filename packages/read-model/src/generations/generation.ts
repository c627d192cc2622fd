/**
 * A read model as one build of one version of the projections. `building`: it is made from the log, nobody reads
 * it. `live`: readers of its version read it; one at most. `retired`: another build took its place, or will. `removed`:
 * its tables are gone; what is left is its number, which is never given again.
 */
export interface Generation {
  readonly version: number;
  /** From 1, within the version. */
  readonly build: number;
  readonly state: GenerationState;
  readonly purpose: BuildPurpose;
  /** How far the build is; for one that is no longer built, how far it was then. */
  readonly progress: BuildProgress;
  /** When it came into this state: UTC milliseconds. */
  readonly since: number;
}

export type GenerationState = 'building' | 'live' | 'retired' | 'removed';

/** `first`: the version has none yet; what can't be applied is set aside. `again`: by command. */
export type BuildPurpose = 'first' | 'again';

export interface BuildProgress {
  /** Positions of the log that are done, and in all. */
  readonly handled: number;
  readonly total: number;
  /** Null until there is a rate. */
  readonly secondsLeft: number | null;
}

export type GenerationName = Pick<Generation, 'version' | 'build'>;

export function isSameGeneration(one: GenerationName, other: GenerationName): boolean {
  return one.version === other.version && one.build === other.build;
}

/** For people: `v2-b1`. */
export function nameOfGeneration({ version, build }: GenerationName): string {
  return `v${version}-b${build}`;
}

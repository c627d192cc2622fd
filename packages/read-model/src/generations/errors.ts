import { nameOfGeneration, type BuildProgress, type GenerationName } from './generation.ts';

/** There is no generation that can be read yet; one is being built, or waits for a projector to build it. */
export class ReadModelBuildingError extends Error {
  override readonly name = 'ReadModelBuildingError';
  readonly code = 'read_model_building';
  /** Null while nobody has begun. */
  readonly progress: BuildProgress | null;

  constructor(progress: BuildProgress | null) {
    super(`The read model is being built from the log${shown(progress)}.`);
    this.progress = progress;
  }
}

function shown(progress: BuildProgress | null): string {
  if (progress === null) return '; no projector has begun yet';
  const { handled, total, secondsLeft } = progress;
  const left = secondsLeft === null ? '' : `, about ${String(secondsLeft)} s left`;
  return `: ${String(handled)} of ${String(total)} positions are done${left}`;
}

/** Another process builds a generation of this version. */
export class BuildUnderWayError extends Error {
  override readonly name = 'BuildUnderWayError';
  readonly code = 'build_under_way';

  constructor() {
    super('Another process is building the read model already; wait until it is done.');
  }
}

/** The build was taken over, or its lock could not be kept. What was live stays live. */
export class BuildLostError extends Error {
  override readonly name = 'BuildLostError';
  readonly code = 'build_lost';

  constructor() {
    super('This process lost its hold of the build; the live read model is as it was. Try again.');
  }
}

/** The generation was made from another log. It is not read any more, and another is built. */
export class MadeFromOtherLogError extends Error {
  override readonly name = 'MadeFromOtherLogError';
  readonly code = 'made_from_other_log';

  constructor(generation: GenerationName) {
    super(
      `The read model ${nameOfGeneration(generation)} was made from another log, or from this one before it was put back to an earlier point. It is not read any more, and another is built.`,
    );
  }
}

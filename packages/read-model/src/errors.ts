/** The read-model file can't be used. It holds nothing that isn't in the log, so deleting it loses nothing. */
export class ReadModelFileError extends Error {
  override readonly name = 'ReadModelFileError';
  readonly code = 'read_model_unusable';
  readonly file: string;

  constructor(file: string, why: string, options?: ErrorOptions) {
    super(
      `The read model ${file} can't be used: ${why}. Delete the file and start again: it is rebuilt from the log.`,
      options,
    );
    this.file = file;
  }
}

/** Another projector moved the checkpoint: this one has stopped and wrote nothing. */
export class ProjectionTakenOverError extends Error {
  override readonly name = 'ProjectionTakenOverError';
  readonly code = 'projection_taken_over';

  constructor(expectedPosition: number) {
    super(
      `Another projector has moved the read model on from position ${expectedPosition}; this one stops.`,
    );
  }
}

/** An event that no schema of the catalogue fits stops a rebuild. */
export class UnreadableEventError extends Error {
  override readonly name = 'UnreadableEventError';
  readonly code = 'event_unreadable';
  readonly position: number;

  constructor(position: number, eventId: string, options: ErrorOptions) {
    const why = options.cause instanceof Error ? options.cause.message : String(options.cause);
    super(`Event ${eventId} at position ${position} can't be read: ${why}`, options);
    this.position = position;
  }
}

export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
  readonly code = 'invalid_cursor';

  constructor() {
    super('The cursor is not one that this listing gave; start again without it.');
  }
}

/** Two pairs of moments of which the later lies before the earlier in one of the clocks. */
export class InvalidMomentsError extends Error {
  override readonly name = 'InvalidMomentsError';
  readonly code = 'invalid_moments';
  /** Which clock runs backwards. */
  readonly clock: 'asOf' | 'knownAt';

  constructor(clock: 'asOf' | 'knownAt') {
    super(`The later pair of moments lies before the earlier one in ${clock}; turn them round.`);
    this.clock = clock;
  }
}

/** The read model can't be replaced while a process has it open. */
export class ReadModelInUseError extends Error {
  override readonly name = 'ReadModelInUseError';
  readonly code = 'read_model_in_use';

  constructor(file: string) {
    super(`The read model ${file} is open in another process; stop that process and try again.`);
  }
}

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

/** Another projector moved the checkpoint, or has shut this one out: it has stopped and wrote nothing. */
export class ProjectionTakenOverError extends Error {
  override readonly name = 'ProjectionTakenOverError';
  readonly code = 'projection_taken_over';

  constructor() {
    super('Another projector has taken the read model over; this one stops.');
  }
}

/** An event that no schema of the catalogue fits stops a rebuild. */
export class UnreadableEventError extends Error {
  override readonly name = 'UnreadableEventError';
  readonly code = 'event_unreadable';
  readonly position: number;

  constructor({ position, id }: EventPlace, cause: unknown) {
    super(`Event ${id} at position ${position} can't be read: ${reasonOf(cause)}`, { cause });
    this.position = position;
  }
}

/** An event that can be read and yet makes the projections fail stops a rebuild. */
export class UnappliableEventError extends Error {
  override readonly name = 'UnappliableEventError';
  readonly code = 'event_unappliable';
  readonly position: number;

  constructor({ position, id }: EventPlace, cause: unknown) {
    super(`Event ${id} at position ${position} can't be applied: ${reasonOf(cause)}`, { cause });
    this.position = position;
  }
}

interface EventPlace {
  readonly position: number;
  readonly id: string;
}

const LONGEST_REASON = 1000;

function reasonOf(cause: unknown): string {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason;
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

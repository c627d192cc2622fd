/** The database of the read model can't be used. What it held can be rebuilt from the log. */
export class ReadModelDatabaseError extends Error {
  override readonly name = 'ReadModelDatabaseError';
  readonly code = 'read_model_unusable';
  /** Without a password. */
  readonly where: string;

  constructor(where: string, why: string, options?: ErrorOptions) {
    super(`The read model ${where} can't be used: ${why}.`, options);
    this.where = where;
  }
}

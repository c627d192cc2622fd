/** A mistake of whoever gave the command; `message` says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Of a log that another process writes to. */
export const BUSY =
  'Another process writes to this data folder, most likely `provisie serve`. Stop it first, then try again.';

/** What went wrong in a line for a person; the stack only when it is asked for. */
export function failureText(error: unknown, withStack: boolean): string {
  if (!(error instanceof Error)) return String(error);
  if (withStack) return error.stack ?? error.message;
  // By its code, so that saying what is wrong doesn't load a database's driver.
  return isBusy(error) ? BUSY : error.message;
}

export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'store_busy';
}

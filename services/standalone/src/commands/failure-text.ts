import { EventStoreError } from '@provisie/event-store';

const BUSY =
  'Another process writes to this data folder, most likely `provisie serve`. Stop it first, then try again.';

/** What went wrong in a line for a person; the stack only when it is asked for. */
export function failureText(error: unknown, withStack: boolean): string {
  if (withStack && error instanceof Error) return error.stack ?? error.message;
  if (error instanceof EventStoreError && error.code === 'store_busy') return BUSY;
  return error instanceof Error ? error.message : String(error);
}

import { UsageError } from '@provisie/process';

export type Part = 'events' | 'vault';

/** Of `--only`; null: both. */
export function partOf(text: string | undefined): Part | null {
  if (text === undefined) return null;
  if (text === 'events' || text === 'vault') return text;
  throw new UsageError(`--only must be events or vault; it is ${JSON.stringify(text)}.`);
}

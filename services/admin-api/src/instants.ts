import { z } from '@hono/zod-openapi';
import type { Instant } from '@provisie/domain';

const EXAMPLE = '2026-03-01T09:30:00.000Z';

/** A moment in a request: ISO 8601 with an offset or `Z`; read as UTC milliseconds. */
export const instantInput = z.iso
  .datetime({ offset: true, error: 'not a moment, or without an offset' })
  .transform((text) => Date.parse(text))
  .refine((instant) => instant >= 0, 'before 1970')
  .openapi({ type: 'string', format: 'date-time', example: EXAMPLE });

/** A moment in an answer: ISO 8601, UTC, with milliseconds. */
export const instantAnswer = z.iso.datetime({ precision: 3 }).openapi({ example: EXAMPLE });

export function iso(instant: Instant): string {
  return new Date(instant).toISOString();
}

export function isoOrNull(instant: Instant | null): string | null {
  return instant === null ? null : iso(instant);
}

type InIso<View, Key extends keyof View> = Omit<View, Key> & {
  [Name in Key]: null extends View[Name] ? string | null : string;
};

/** The same with the named moments as ISO strings. */
export function inIso<View extends object, Key extends keyof View & string>(
  view: View,
  keys: readonly Key[],
): InIso<View, Key>;
export function inIso(view: Readonly<Record<string, unknown>>, keys: readonly string[]): unknown {
  const converted: Record<string, unknown> = { ...view };
  for (const key of keys) {
    const value = view[key];
    converted[key] = typeof value === 'number' ? iso(value) : null;
  }
  return converted;
}

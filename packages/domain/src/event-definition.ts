import type * as z from 'zod';
import type { Instant } from './instant.ts';
import type { PlainCheck } from './plain-object.ts';

/** Turns the payload of one version into that of the next. */
export type Upcast = (data: unknown) => unknown;

/**
 * What one event type looks like: its stable name, the version that is written now, the schema of that
 * version, and how each older version becomes the next (`upcasts[0]` takes version 1 to version 2).
 */
export interface EventDefinition<
  Type extends string = string,
  Schema extends z.ZodType = z.ZodType,
> {
  readonly type: Type;
  readonly version: number;
  readonly schema: Schema;
  readonly upcasts: readonly Upcast[];
  /** True only of payloads that the schema takes, and leaves as they are: they needn't be asked after. */
  readonly isPlain: PlainCheck;
}

export function defineEvent<const Type extends string, Schema extends z.ZodType>(
  type: Type,
  schema: Schema,
  {
    upcasts = [],
    isPlain = () => false,
  }: Partial<Pick<EventDefinition, 'upcasts' | 'isPlain'>> = {},
): EventDefinition<Type, Schema> {
  return { type, version: upcasts.length + 1, schema, upcasts, isPlain };
}

/**
 * An event as the log returns it, at its newest version.
 * `occurredAt` is when it happened and decides; `recordedAt` is when we heard and only orders the log.
 * `position` is its place in the whole log.
 */
export interface RecordedFact<Type extends string, Data> {
  readonly id: string;
  readonly type: Type;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly position: number;
  readonly data: Data;
}

export type FactOf<Definition> =
  Definition extends EventDefinition<infer Type, infer Schema>
    ? RecordedFact<Type, z.infer<Schema>>
    : never;

import type { EventPayload, EventType } from './event-catalogue.ts';
import { eventCatalogue, isEventType } from './event-catalogue.ts';
import type { EventDefinition } from './event-definition.ts';

/** Why a stored payload can't be read; `message` is fit for a person. */
export interface PayloadProblem {
  readonly reason: 'unknown_type' | 'unknown_version' | 'invalid_payload';
  readonly message: string;
}

export type PayloadResult<Data> =
  | { readonly ok: true; readonly data: Data }
  | { readonly ok: false; readonly problem: PayloadProblem };

/** Reads a payload that was stored as `version` of `type`, at the version that is written now. */
export function upcastPayload<Type extends EventType>(
  type: Type,
  version: number,
  data: unknown,
): PayloadResult<EventPayload<Type>>;
export function upcastPayload(type: string, version: number, data: unknown): PayloadResult<unknown>;
export function upcastPayload(
  type: string,
  version: number,
  data: unknown,
): PayloadResult<unknown> {
  if (!isEventType(type)) return problem('unknown_type', `no event is called ${type}`);
  return upcastBy(eventCatalogue[type], version, data);
}

/** As `upcastPayload`, by a definition that needn't be in the catalogue. */
export function upcastBy(
  definition: EventDefinition,
  version: number,
  data: unknown,
): PayloadResult<unknown> {
  const { type, version: newest } = definition;
  if (!Number.isInteger(version) || version < 1 || version > newest) {
    return problem('unknown_version', `${type} has versions 1 to ${newest}, not ${version}`);
  }
  try {
    const upcasts = definition.upcasts.slice(version - 1);
    return readAs(
      definition,
      upcasts.reduce((older, upcast) => upcast(older), data),
    );
  } catch (error) {
    return problem('invalid_payload', `${type} of version ${version}: ${String(error)}`);
  }
}

function readAs(definition: EventDefinition, data: unknown): PayloadResult<unknown> {
  if (definition.isPlain(data)) return { ok: true, data };
  const parsed = definition.schema.safeParse(data);
  if (parsed.success) return { ok: true, data: parsed.data };
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  return problem('invalid_payload', `${definition.type}: ${issues.join('; ')}`);
}

function problem(reason: PayloadProblem['reason'], message: string): PayloadResult<never> {
  return { ok: false, problem: { reason, message } };
}

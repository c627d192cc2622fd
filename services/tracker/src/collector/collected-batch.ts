import { jsonPointer, parsedJson } from '@provisie/http/json';
import { instantSchema, touchEvents, touchIdSchema, upcastPayload } from '@provisie/domain';
import type { Instant } from '@provisie/domain';
import { CLOCKS_DIFFER_MS } from '@provisie/event-store';
import type { NewEvent } from '@provisie/event-store';
import type { ProblemLocation } from '@provisie/http/problem';
import * as z from 'zod';
import { MOST_TOUCHES, workerNameSchema } from './collect-protocol.ts';
import type { RefusedTouch } from './collect-protocol.ts';

const batchSchema = z.object({
  worker: workerNameSchema,
  touches: z.array(z.unknown()).min(1).max(MOST_TOUCHES),
});
export type CollectedBatch = z.infer<typeof batchSchema>;

export type BatchReading =
  | { readonly ok: true; readonly batch: CollectedBatch }
  | { readonly ok: false; readonly errors: readonly ProblemLocation[] };

export type TouchReading =
  | { readonly ok: true; readonly touch: NewEvent }
  | { readonly ok: false; readonly refusal: RefusedTouch };

/** Reads the envelope only: a touch that doesn't fit must not take the others with it. */
export function readBatch(text: string): BatchReading {
  const read = batchSchema.safeParse(parsedJson(text));
  if (read.success) return { ok: true, batch: read.data };
  const errors = read.error.issues.map(({ path, message }) => ({
    path: jsonPointer(path),
    problem: message,
  }));
  return { ok: false, errors };
}

const envelopeSchema = z.object({
  id: touchIdSchema.regex(/^[^A-Z]*$/, 'in lower case'),
  type: z.enum(['ClickRecorded', 'VisitRecorded', 'CouponEntered', 'VisitorIdentified']),
  version: z.int().min(1),
  occurredAt: instantSchema,
  data: z.looseObject({}),
});

/** Reads the touch at `index` of a batch, at the version of its event that is written now. `at`: by the later of two clocks. */
export function readTouch(raw: unknown, index: number, at: Instant): TouchReading {
  const path = `/touches/${String(index)}`;
  const envelope = envelopeSchema.safeParse(raw);
  if (!envelope.success) {
    const [first] = envelope.error.issues;
    return refused(`${path}${jsonPointer(first?.path ?? [])}`, first?.message ?? 'is no touch');
  }
  const { id, type, version, occurredAt, data } = envelope.data;
  if (occurredAt > at + CLOCKS_DIFFER_MS)
    return refused(`${path}/occurredAt`, 'lies in the future');
  const payload = upcastPayload(type, version, data);
  if (!payload.ok) return refused(`${path}/data`, payload.problem.message);
  if (payload.data.touchId !== id) {
    return refused(`${path}/data/touchId`, 'must be the id of the event');
  }
  const newest = touchEvents[type].version;
  return { ok: true, touch: { id, type, version: newest, occurredAt, data: payload.data } };
}

function refused(path: string, problem: string): TouchReading {
  return { ok: false, refusal: { outcome: 'refused', path, problem } };
}

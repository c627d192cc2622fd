import { jsonPointer, parsedJson } from '@provisie/http/json';
import {
  consentSignalSchema,
  couponCodeSchema,
  customerKeySchema,
  normaliseCouponCode,
  touchIdSchema,
  visitorIdSchema,
} from '@provisie/domain';
import * as z from 'zod';
import type { ProblemLocation } from '@provisie/http/problem';
import { spelledOut } from './snippet-beacon.ts';

const DAY_MS = 86_400_000;
/** What the snippet may send at once. */
const MAX_BEACONS = 10;

const envelope = {
  /** Made by the browser, kept when the beacon is sent again. */
  id: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/, '16 to 64 letters, digits, - and _'),
  visitorId: visitorIdSchema,
  consent: consentSignalSchema.default('unknown'),
  /** How long ago it happened, for one that had to wait for a connection; below zero its clock went back. */
  ageMs: z.int().max(DAY_MS).default(0),
};

/** What stands in an address may be longer than is worth recording. */
function cutTo(length: number) {
  return z
    .string()
    .transform((text) => text.slice(0, length).toWellFormed())
    .optional();
}

const couponCode = z
  .string()
  .max(200)
  .transform((typed) => normaliseCouponCode(typed) ?? '')
  .pipe(couponCodeSchema);

const beaconSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('visit'),
    ...envelope,
    ref: cutTo(64),
    clickId: touchIdSchema.optional(),
    utm: z
      .object({
        source: cutTo(200),
        medium: cutTo(200),
        campaign: cutTo(200),
        term: cutTo(200),
        content: cutTo(200),
      })
      .optional(),
    path: cutTo(500),
    referrerHost: cutTo(253),
  }),
  z.object({ type: z.literal('coupon'), ...envelope, code: couponCode }),
  z
    .object({
      type: z.literal('identify'),
      ...envelope,
      /** Becomes a customer key at once; it is neither kept nor logged. */
      email: z.string().max(254).optional(),
      customer: customerKeySchema.optional(),
    })
    .refine(({ email, customer }) => (email === undefined) !== (customer === undefined), {
      message: 'either `email` or `customer`',
    }),
]);
export type Beacon = z.infer<typeof beaconSchema>;

const beaconsSchema = z.array(beaconSchema).min(1).max(MAX_BEACONS);

export type BeaconReading =
  | { readonly ok: true; readonly beacons: readonly Beacon[] }
  | { readonly ok: false; readonly errors: readonly ProblemLocation[] };

/**
 * Reads a body: one beacon, or a few that waited together, spelled out or as the snippet says them. What is wrong is
 * named by its JSON pointer into the former.
 */
export function readBeacons(body: string): BeaconReading {
  const json = parsedJson(body);
  if (json === undefined) return { ok: false, errors: [{ path: '', problem: 'is not JSON' }] };
  const isList = Array.isArray(json);
  const reading = beaconsSchema.safeParse((isList ? json : [json]).map(spelledOut));
  if (reading.success) return { ok: true, beacons: reading.data };
  const errors = reading.error.issues.map(({ path, message }) => ({
    path: jsonPointer(isList ? path : path.slice(1)),
    problem: message,
  }));
  return { ok: false, errors };
}

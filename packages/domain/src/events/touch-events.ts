import * as z from 'zod';
import { defineEvent } from '../event-definition.ts';
import {
  couponCodeSchema,
  customerKeySchema,
  linkCodePattern,
  linkCodeSchema,
  touchIdPattern,
  touchIdSchema,
  visitorIdPattern,
  visitorIdSchema,
} from '../identifiers.ts';
import { plainMatch, plainObject, plainOneOf, plainText } from '../plain-object.ts';

const utmValue = z.string().min(1).max(200);

/** The five UTM values as they stood in the address; a missing one is absent. */
export const utmSchema = z.object({
  source: utmValue.optional(),
  medium: utmValue.optional(),
  campaign: utmValue.optional(),
  term: utmValue.optional(),
  content: utmValue.optional(),
});
export type Utm = z.infer<typeof utmSchema>;

/** The visitor's choice as the touch carried it. */
const CONSENT_SIGNALS = ['granted', 'denied', 'unknown'] as const;
export const consentSignalSchema = z.enum(CONSENT_SIGNALS);
export type ConsentSignal = z.infer<typeof consentSignalSchema>;

const subValue = z.string().min(1).max(200);
const subSchema = z.object({
  sub1: subValue.optional(),
  sub2: subValue.optional(),
  sub3: subValue.optional(),
  sub4: subValue.optional(),
  sub5: subValue.optional(),
});

const COUNTRY = /^[A-Z]{2}$/;
const DEVICES = ['desktop', 'mobile', 'tablet', 'other'] as const;

/** What every touch tells of where it came from, without telling who. */
const circumstances = {
  visitorId: visitorIdSchema,
  bot: z.boolean(),
  consent: consentSignalSchema,
  country: z.string().regex(COUNTRY).optional(),
  device: z.enum(DEVICES).optional(),
  browser: z.string().max(40).optional(),
  /** The truncated IP address under a key that rotates daily. */
  ipHash: z.string().max(64).optional(),
  referrerHost: z.string().max(253).optional(),
};

const plainUtm = plainObject({}, everyOne(Object.keys(utmSchema.shape), plainText(1, 200)));
const plainSub = plainObject({}, everyOne(Object.keys(subSchema.shape), plainText(1, 200)));

function everyOne<Check>(names: readonly string[], check: Check): Record<string, Check> {
  return Object.fromEntries(names.map((name) => [name, check]));
}

/** Of a log nearly all is clicks and visits, so those that are as they should be are known at a glance. */
const plainTouch = (required: Parameters<typeof plainObject>[0], optional: typeof required) =>
  plainObject(
    {
      touchId: plainMatch(touchIdPattern),
      visitorId: plainMatch(visitorIdPattern),
      bot: plainOneOf([true, false]),
      consent: plainOneOf(CONSENT_SIGNALS),
      ...required,
    },
    {
      country: plainMatch(COUNTRY),
      device: plainOneOf(DEVICES),
      browser: plainText(0, 40),
      ipHash: plainText(0, 64),
      referrerHost: plainText(0, 253),
      ...optional,
    },
  );

/** A tracking link was followed. `touchId` is the click id that travels on to the shop. */
export const ClickRecorded = defineEvent(
  'ClickRecorded',
  z.object({
    touchId: touchIdSchema,
    linkCode: linkCodeSchema,
    utm: utmSchema.optional(),
    sub: subSchema.optional(),
    ...circumstances,
  }),
  {
    isPlain: plainTouch(
      { linkCode: plainMatch(linkCodePattern) },
      { utm: plainUtm, sub: plainSub },
    ),
  },
);

/** The snippet saw a page opened with a `ref`, a `click_id` or UTM values in its address. */
export const VisitRecorded = defineEvent(
  'VisitRecorded',
  z.object({
    touchId: touchIdSchema,
    /** A link code; it may also be a word that is no link. */
    ref: z.string().min(1).max(64).optional(),
    clickId: touchIdSchema.optional(),
    utm: utmSchema.optional(),
    path: z.string().max(500).optional(),
    ...circumstances,
  }),
  {
    isPlain: plainTouch(
      {},
      {
        ref: plainText(1, 64),
        clickId: plainMatch(touchIdPattern),
        utm: plainUtm,
        path: plainText(0, 500),
      },
    ),
  },
);

export const CouponEntered = defineEvent(
  'CouponEntered',
  z.object({ touchId: touchIdSchema, couponCode: couponCodeSchema, ...circumstances }),
);

/** A visitor turned out to be this customer (log-in, checkout). */
export const VisitorIdentified = defineEvent(
  'VisitorIdentified',
  z.object({
    touchId: touchIdSchema,
    visitorId: visitorIdSchema,
    customer: customerKeySchema,
    consent: consentSignalSchema,
  }),
);

export const touchEvents = { ClickRecorded, VisitRecorded, CouponEntered, VisitorIdentified };

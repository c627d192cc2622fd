import * as z from 'zod';
import { defineEvent } from '../event-definition.ts';
import { linkCodeSchema, partnerIdSchema, programmeIdSchema } from '../identifiers.ts';
import { utmSchema } from './touch-events.ts';

const destination = z.url({ protocol: /^https?$/ }).max(2000);

export const LinkCreated = defineEvent(
  'LinkCreated',
  z.object({
    code: linkCodeSchema,
    programmeId: programmeIdSchema,
    partnerId: partnerIdSchema,
    destination,
    /** A visit that carries exactly these values names this link. */
    utm: utmSchema.optional(),
    /** For the partner's own overview: "Instagram bio". */
    label: z.string().max(200).optional(),
  }),
);
export const LinkRetargeted = defineEvent(
  'LinkRetargeted',
  z.object({ code: linkCodeSchema, destination }),
);
export const LinkDisabled = defineEvent(
  'LinkDisabled',
  z.object({ code: linkCodeSchema, reason: z.string().max(500).optional() }),
);

export const linkEvents = { LinkCreated, LinkRetargeted, LinkDisabled };

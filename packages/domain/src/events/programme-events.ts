import * as z from 'zod';
import { defineEvent } from '../event-definition.ts';
import { hostPatternSchema } from '../host-pattern.ts';
import { programmeIdSchema } from '../identifiers.ts';
import { instantSchema } from '../instant.ts';
import { DEFAULT_TERMS, termsSchema } from '../terms.ts';

export const ProgrammeOpened = defineEvent(
  'ProgrammeOpened',
  z.object({
    programmeId: programmeIdSchema,
    name: z.string().min(1).max(200),
    /** Where its links may lead, deep links included. */
    hosts: z.array(hostPatternSchema).min(1).max(100),
  }),
);

/** The terms hold for orders placed from `effectiveFrom` on, until a later one takes over. */
export const TermsPublished = defineEvent(
  'TermsPublished',
  z.object({
    programmeId: programmeIdSchema,
    termsVersion: z.int().min(1),
    effectiveFrom: instantSchema,
    terms: termsSchema,
  }),
  { upcasts: [withPayoutSchedule] },
);

const termsOfVersion1 = z.looseObject({ terms: z.looseObject({}) });

/** Version 1 knew a threshold only: paid on demand, from the first customer on. */
function withPayoutSchedule(data: unknown): unknown {
  const published = termsOfVersion1.parse(data);
  const { payoutSchedule, minimumCustomers } = DEFAULT_TERMS;
  return { ...published, terms: { ...published.terms, payoutSchedule, minimumCustomers } };
}

export const ProgrammeClosed = defineEvent(
  'ProgrammeClosed',
  z.object({ programmeId: programmeIdSchema }),
);

export const programmeEvents = { ProgrammeOpened, TermsPublished, ProgrammeClosed };

import * as z from 'zod';
import { defineEvent } from '../event-definition.ts';
import { daySchema, partnerIdSchema, payoutIdSchema, programmeIdSchema } from '../identifiers.ts';
import { basisPointsSchema, currencySchema, signedSumCentsSchema } from '../money.ts';
import { vatTreatmentSchema } from '../payout/tax.ts';
import { sealedSchema } from '../sealed.ts';

export const documentKindSchema = z.enum([
  'self_billing_invoice',
  'credit_note',
  'payout_statement',
]);
export type DocumentKind = z.infer<typeof documentKindSchema>;

const documentNumberSchema = z.string().min(1).max(80);

/** Commissions of one programme under one VAT treatment. */
const documentLine = z.object({
  programmeId: programmeIdSchema,
  programmeName: z.string().max(200),
  orders: z.int().min(1),
  netCents: signedSumCentsSchema,
  treatment: vatTreatmentSchema,
  rateBps: basisPointsSchema,
});

const documentVat = z.object({
  treatment: vatTreatmentSchema,
  rateBps: basisPointsSchema,
  netCents: signedSumCentsSchema,
  vatCents: signedSumCentsSchema,
});

/**
 * All that an invoice, credit note or statement says, so that it can be shown again unchanged. Amounts of a credit
 * note are positive: they are what is credited. `parties` names both sides and stays readable after a
 * partner's own data were erased, for as long as the law keeps invoices.
 */
export const DocumentIssued = defineEvent(
  'DocumentIssued',
  z.object({
    documentId: z.string().regex(/^[0-9a-f]{32}$/),
    number: documentNumberSchema,
    kind: documentKindSchema,
    /** What of the payout is in it: what is paid, what is taken back, or all of it because it wasn't paid after all. */
    about: z.enum(['commissions', 'clawbacks', 'reversal']),
    partnerId: partnerIdSchema,
    payoutId: payoutIdSchema,
    currency: currencySchema,
    language: z.enum(['nl', 'en']),
    issueDate: daySchema,
    periodEnd: daySchema,
    corrects: z.array(z.object({ number: documentNumberSchema, issueDate: daySchema })),
    lines: z.array(documentLine).min(1),
    vat: z.array(documentVat).min(1),
    netCents: signedSumCentsSchema,
    vatCents: signedSumCentsSchema,
    totalCents: signedSumCentsSchema,
    parties: sealedSchema,
  }),
);

export const documentEvents = { DocumentIssued };

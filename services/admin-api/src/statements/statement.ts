import { z } from '@hono/zod-openapi';
import { currencySchema, partnerIdSchema } from '@provisie/domain';
import type { Instant } from '@provisie/domain';
import { pageAnswer, pageQuery, pageRequest, pageSchema } from '@provisie/http';
import type { HttpEnv } from '@provisie/http';
import type { StatementLine } from '@provisie/read-model';
import type { Context } from 'hono';
import type { Api } from '../api.ts';
import { inIso, instantAnswer, instantInput, iso, isoOrNull } from '../instants.ts';
import { heardBy } from '../moments.ts';
import { waitQuery } from '../wait-for-position.ts';
import { statementText } from './statement-text.ts';

const balance = {
  pendingCents: z.int().openapi({ description: 'In hold.' }),
  balanceCents: z.int().openapi({ description: 'Payable minus what is to be taken back.' }),
};

export const balanceAtSchema = z.object(balance).openapi('BalanceAt');

/** What every line shows of itself, whatever else it stands with. */
export const lineShape = {
  entryId: z.string(),
  line: z.int(),
  text: z.string().openapi({ example: 'Order webshop-1042: refunded, commission lowered' }),
  effectiveAt: instantAnswer.openapi({ description: 'From when on it counts.' }),
  recordedAt: instantAnswer.openapi({ description: 'When it was heard of.' }),
  causeEventId: z.string(),
  causePosition: z.int(),
  causeType: z.string(),
  orderId: z.string().nullable(),
  payoutId: z.string().nullable(),
  writeOffId: z.string().nullable(),
  account: z.enum(['partner_pending', 'partner_payable', 'clawback_receivable']).or(z.string()),
  amountCents: z.int().openapi({ description: 'Positive: in the partner’s favour.' }),
};

export const statementSchema = z
  .object({
    partnerId: partnerIdSchema,
    currency: z.string(),
    from: instantAnswer.nullable(),
    asOf: instantAnswer,
    knownAt: instantAnswer.nullable(),
    opening: balanceAtSchema,
    closing: balanceAtSchema,
    ...pageSchema(z.object({ ...lineShape, ...balance })).shape,
  })
  .openapi('Statement');

export const currencyQuery = currencySchema.default('EUR');

export const asOfQuery = {
  asOf: instantInput
    .optional()
    .openapi({ description: 'What was true at this moment. Default now.' }),
  knownAt: instantInput.optional().openapi({
    description: 'What had been heard by this moment. Default everything heard so far.',
  }),
};

export const statementQuery = {
  currency: currencyQuery,
  from: instantInput
    .optional()
    .openapi({ description: 'What counts before is in the opening balance. Default everything.' }),
  ...asOfQuery,
  ...pageQuery,
  ...waitQuery,
};

interface StatementQuery {
  readonly currency: string;
  readonly from?: Instant | undefined;
  readonly asOf?: Instant | undefined;
  readonly knownAt?: Instant | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** The account of one partner, line by line. */
export async function statementAnswer(
  { readModel, now }: Api,
  c: Context<HttpEnv>,
  partnerId: string,
  query: StatementQuery,
) {
  const { currency, from = null, asOf = now(), knownAt: told, ...page } = query;
  const knownAt = heardBy(told, now(), 'query/knownAt');
  const asked = { partnerId, currency, from, asOf, knownAt };
  const { lines, next, opening, closing } = await readModel.statement(asked, pageRequest(page));
  return {
    partnerId,
    currency,
    opening,
    closing,
    from: isoOrNull(from),
    asOf: iso(asOf),
    knownAt: isoOrNull(knownAt),
    ...pageAnswer(c, { rows: lines, next }, withText),
  };
}

export function withText<Line extends StatementLine>(line: Line) {
  return { ...inIso(line, ['effectiveAt', 'recordedAt']), text: statementText(line) };
}

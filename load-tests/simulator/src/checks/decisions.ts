import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { oracleDecision, statusOf, type OracleDecision } from '../oracle/order.ts';
import type { Known } from '../oracle/known.ts';
import type { Reader } from './reader.ts';

const decisionAnswer = z.object({
  orderId: z.string(),
  customer: z.string(),
  currency: z.string(),
  candidates: z.array(z.object({ touchId: z.string(), result: z.string() })),
  outcome: z.string(),
  award: z
    .object({
      partnerId: z.string(),
      programmeId: z.string(),
      termsVersion: z.int(),
      touchId: z.string(),
      lockedByPayoutId: z.string().nullable(),
    })
    .nullable(),
  base: z.object({ baseCents: z.int() }),
  reward: z.object({ result: z.string(), amountCents: z.int() }).nullable(),
  commission: z
    .object({
      amountCents: z.int(),
      payableFrom: z.string().nullable(),
      rejection: z.object({}).nullable(),
    })
    .nullable(),
});

const commissionsAnswer = z.object({
  items: z.array(
    z.object({
      orderId: z.string(),
      partnerId: z.string(),
      amountCents: z.int(),
      status: z.string(),
    }),
  ),
  next: z.string().nullish(),
});

/** Every order's decision is the oracle's, reasons and cents included. */
export async function decisionViolations(known: Known, reader: Reader): Promise<readonly string[]> {
  const violations: string[] = [];
  const orderIds = [
    ...known.all('OrderPlaced'),
    ...known.all('OrderRefunded'),
    ...known.all('OrderCancelled'),
  ].map(({ data }) => data.orderId);
  for (const orderId of new Set(orderIds)) {
    const expected = oracleDecision(orderId, known);
    const answer = await reader.read(`/v1/orders/${orderId}/decision`, decisionAnswer);
    const found = answer === null ? null : asOracle(answer);
    if (!isDeepStrictEqual(found, expected)) {
      const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
      violations.push(`${orderId} is decided ${a}, the oracle says ${b}`);
    }
  }
  return violations;
}

function asOracle({
  base,
  candidates,
  commission,
  ...answer
}: z.infer<typeof decisionAnswer>): OracleDecision {
  return {
    ...answer,
    baseCents: base.baseCents,
    candidates: Object.fromEntries(candidates.map(({ touchId, result }) => [touchId, result])),
    commission:
      commission === null
        ? null
        : {
            amountCents: commission.amountCents,
            payableFrom:
              commission.payableFrom === null ? null : Date.parse(commission.payableFrom),
            isRejected: commission.rejection !== null,
          },
  };
}

/** Every commission's amount and status at a moment, and no other commissions. */
export async function commissionViolations(
  known: Known,
  reader: Reader,
  at: number,
): Promise<readonly string[]> {
  const expected = known.all('OrderPlaced').flatMap(({ data: { orderId } }) => {
    const decision = oracleDecision(orderId, known);
    const status = decision === null ? null : statusOf(decision, at, known);
    if (status === null) return [];
    const { partnerId = '' } = decision?.award ?? {};
    const { amountCents = 0 } = decision?.commission ?? {};
    return [{ orderId, partnerId, amountCents, status }];
  });
  const when = new Date(at).toISOString();
  const answer = await reader.read(`/v1/commissions?limit=200&at=${when}`, commissionsAnswer);
  const found = [...(answer?.items ?? [])].sort(byOrder);
  if (isDeepStrictEqual(found, expected.toSorted(byOrder))) return [];
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected.toSorted(byOrder))];
  return [`Commissions at ${when} are ${a}, the oracle says ${b}`];
}

function byOrder(a: { readonly orderId: string }, b: { readonly orderId: string }): number {
  return a.orderId < b.orderId ? -1 : 1;
}

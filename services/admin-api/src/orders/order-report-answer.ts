import { z } from '@hono/zod-openapi';
import { orderIdSchema, orderState } from '@provisie/domain';
import type { HttpEnv } from '@provisie/http';
import type { Context } from 'hono';
import { written, writtenPosition } from '../api.ts';
import { iso } from '../instants.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, writeFailures } from '../route-parts.ts';
import type { Difference } from './difference.ts';
import type { OrderReport } from './order-commands.ts';
import { isOrderFact } from './order-fact.ts';

const reportSchema = z
  .object({
    orderId: orderIdSchema,
    isPlaced: z.boolean().openapi({
      description:
        'False while the placing of the order has not been reported: nothing is decided before.',
    }),
    position: writtenPosition,
  })
  .openapi('OrderReport');

/** The answers of every route that reports something of an order. */
export const reportAnswers = {
  200: jsonAnswer('It was recorded already: the same answer.', reportSchema),
  201: jsonAnswer('It is recorded.', reportSchema),
  ...writeFailures,
};

/** Throws what is refused as a problem. */
export function reportAnswer(c: Context<HttpEnv>, report: OrderReport) {
  if (report.outcome === 'conflict') throw conflict(report);
  if (report.outcome === 'amendment_after_lock') throw afterLock(report);
  const { orderId, facts, outcome } = report;
  const state = orderState(orderId, facts.filter(isOrderFact));
  const isPlaced = state !== null && state.placedAt !== null;
  const answer = written(c, report, { orderId, isPlaced });
  return outcome === 'recorded' ? c.json(answer, 201) : c.json(answer, 200);
}

function conflict(report: Extract<OrderReport, { readonly outcome: 'conflict' }>) {
  return problem(
    'order_conflict',
    `${report.type} of the order ${report.orderId} was recorded with other content: see \`differences\`. Nothing was written.`,
    { extensions: { differences: report.differences.map(withoutCustomer) } },
  );
}

/** A customer's key means nothing to a caller. */
function withoutCustomer(difference: Difference): Difference {
  return difference.path === '/customer' ? { path: difference.path } : difference;
}

function afterLock(report: Extract<OrderReport, { readonly outcome: 'amendment_after_lock' }>) {
  const { payoutId, lockedAt } = report.lock;
  return problem(
    'amendment_after_lock',
    `The payout ${payoutId} fixed the order’s lines at ${iso(lockedAt)}. Report what changed since as a refund.`,
    { extensions: { payoutId, lockedAt: iso(lockedAt) } },
  );
}

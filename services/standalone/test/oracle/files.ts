import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

const examples = join(import.meta.dirname, '../../../../examples');

export function setupFile() {
  return setup.parse(JSON.parse(readFileSync(join(examples, 'quarter/setup.json'), 'utf8')));
}

export function logLines(): string[] {
  return zipped('quarter/access.log.gz').split('\n').filter(Boolean);
}

export function webhookBodies() {
  return zipped('quarter/webhooks.jsonl.gz')
    .split('\n')
    .filter(Boolean)
    .map((line) =>
      woo.parse(JSON.parse(z.object({ body: z.string() }).parse(JSON.parse(line)).body)),
    );
}

/** Cells of the orders from before the quarter; none of them holds a comma. */
export function historyRows(): string[][] {
  const lines = readFileSync(join(examples, 'shop-orders.csv'), 'utf8').trim().split('\n');
  return lines.slice(1).map((line) => line.split(','));
}

function zipped(path: string): string {
  return gunzipSync(readFileSync(join(examples, path))).toString();
}

const setup = z.object({
  fromDay: z.string(),
  toDay: z.string(),
  balanceAt: z.string(),
  shop: z.object({ shopId: z.string() }),
  programmes: z.array(
    z.object({
      programmeId: z.string(),
      terms: z.object({
        reward: z.object({
          kind: z.string(),
          rateBps: z.number().optional(),
          amountCents: z.number().optional(),
          scope: z.object({ orders: z.string(), count: z.number().optional() }),
        }),
        windowDays: z.number(),
        precedence: z.string(),
        holdDays: z.number(),
        holdFrom: z.string(),
        payoutThresholdCents: z.number(),
      }),
    }),
  ),
  partners: z.array(
    z.object({
      partnerId: z.string(),
      email: z.string(),
      approvedAt: z.string(),
      suspensions: z.array(z.object({ from: z.string(), until: z.string().optional() })),
    }),
  ),
  links: z.array(
    z.object({
      code: z.string(),
      partnerId: z.string(),
      programmeId: z.string(),
      createdAt: z.string(),
      disabledAt: z.string().optional(),
    }),
  ),
  coupons: z.array(
    z.object({
      code: z.string(),
      partnerId: z.string(),
      programmeId: z.string(),
      issuedAt: z.string(),
      validUntil: z.string().optional(),
      withdrawnAt: z.string().optional(),
    }),
  ),
});
export type OracleSetup = z.infer<typeof setup>;

const woo = z.object({
  id: z.number(),
  status: z.string(),
  date_created_gmt: z.string(),
  date_modified_gmt: z.string(),
  date_completed_gmt: z.string().nullable(),
  total: z.string(),
  billing: z.object({ email: z.string() }),
  line_items: z.array(z.object({ total: z.string() })),
  coupon_lines: z.array(z.object({ code: z.string() })),
  refunds: z.array(z.object({ total: z.string() })),
  meta_data: z.array(z.object({ key: z.string(), value: z.string() })),
});
export type WooBody = z.infer<typeof woo>;

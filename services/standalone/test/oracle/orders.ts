import { historyRows, setupFile, webhookBodies, type WooBody } from './files.ts';

export interface OracleOrder {
  id: string;
  placedAt: number;
  email: string;
  codes: string[];
  clickId: string | null;
  cancelled: boolean;
  completedAt: number | null;
  baseCents: number;
}

/** Every order as it stood in the end: the shop's newest word on it, and what came before the quarter. */
export function ordersOf(): OracleOrder[] {
  const newest = new Map<number, WooBody>();
  for (const body of webhookBodies()) {
    const known = newest.get(body.id);
    if (!known || body.date_modified_gmt > known.date_modified_gmt) newest.set(body.id, body);
  }
  const { shopId } = setupFile().shop;
  const fromShop = [...newest.values()].map((body) => fromWoo(shopId, body));
  return [...historyRows().map(fromHistory), ...fromShop];
}

function fromWoo(shopId: string, body: WooBody): OracleOrder {
  const net = body.line_items.reduce((sum, line) => sum + cents(line.total), 0);
  const refundedGross = body.refunds.reduce((sum, refund) => sum + cents(refund.total.slice(1)), 0);
  // Refunds carry 21 % VAT; whoever got all back, shipping too, leaves nothing.
  const allBack = refundedGross >= cents(body.total);
  const refunds = body.refunds.map((refund) => Math.round(cents(refund.total.slice(1)) / 1.21));
  const refundedNet = refunds.reduce((sum, refund) => sum + refund, 0);
  return {
    id: `${shopId}-${body.id}`,
    placedAt: Date.parse(`${body.date_created_gmt}Z`),
    email: body.billing.email.toLowerCase(),
    codes: body.coupon_lines.map((line) => line.code.toUpperCase()),
    clickId: body.meta_data.find(({ key }) => key === '_provisie_click_id')?.value ?? null,
    cancelled: body.status === 'cancelled',
    completedAt: body.date_completed_gmt ? Date.parse(`${body.date_completed_gmt}Z`) : null,
    baseCents: allBack ? 0 : Math.max(0, net - refundedNet),
  };
}

function fromHistory(cells: string[]): OracleOrder {
  const [id = '', placedAt = '', email = '', , net = '', code, , , completed, cancelled, refunded] =
    cells;
  return {
    id,
    placedAt: Date.parse(placedAt),
    email: email.toLowerCase(),
    codes: code ? [code.toUpperCase()] : [],
    clickId: null,
    cancelled: Boolean(cancelled),
    completedAt: completed ? Date.parse(completed) : null,
    baseCents: cents(net) - (refunded ? cents(refunded) : 0),
  };
}

function cents(text: string): number {
  return Math.round(Number(text) * 100);
}

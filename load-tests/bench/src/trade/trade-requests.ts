import type { NamedRequests } from '../api-side.ts';
import { quarterOf } from './expected-sums.ts';
import { openTrade } from './open-trade.ts';
import {
  chance,
  LARGEST,
  nowOf,
  partnerIdOf,
  startOfWeek,
  type TradeShape,
} from './trade-shape.ts';
import { orderOfWeek } from './week-orders.ts';

const DECISIONS = 500;
const DEEP_PAGES = 20;

/** By the row that they are measured for; every one of them is about the largest partner, where it is about one. */
export async function tradeRequests(
  place: string,
  shape: TradeShape,
): Promise<readonly NamedRequests[]> {
  const partner = `partnerId=${partnerIdOf(LARGEST)}`;
  const { from, to } = quarterOf(shape);
  const quarter = `from=${from}&to=${to}`;
  const statement = `/v1/partners/${partnerIdOf(LARGEST)}/statement?currency=EUR`;
  const middle = new Date(startOfWeek(shape.weeks / 2) + 12_345_678).toISOString();
  const deep = await deepPages(place, shape);
  const asAdmin = (name: string, ...asked: string[]) => ({ name, as: 'admin', asked }) as const;
  const asPartner = (name: string, ...asked: string[]) => ({ name, as: 'partner', asked }) as const;
  return [
    asAdmin('api-decision', ...decisionPaths(shape)),
    asAdmin('api-balance', `/v1/balances?${partner}`),
    asAdmin('api-balance-known-at', `/v1/balances?${partner}&asOf=${middle}&knownAt=${middle}`),
    asPartner('api-own-balance', '/v1/me/balance'),
    asPartner(
      'api-performance-quarter',
      `/v1/me/performance?${quarter}`,
      `/v1/me/performance?${quarter}&groupBy=day`,
      `/v1/me/performance?${quarter}&groupBy=campaign`,
    ),
    asAdmin('api-performance-quarter-of-all', `/v1/performance?${quarter}`),
    asAdmin('api-performance-days-of-all', `/v1/performance?${quarter}&groupBy=day`),
    asAdmin('api-commissions-page', '/v1/commissions'),
    asAdmin('api-commissions-deep-page', ...deep.map((c) => `/v1/commissions?cursor=${c}`)),
    asPartner('api-own-commissions-page', '/v1/me/commissions'),
    asPartner(
      'api-own-commissions-deep-page',
      ...deep.map((c) => `/v1/me/commissions?cursor=${c}`),
    ),
    asPartner(
      'api-own-commissions-by-status',
      ...['rejected', 'reversed', 'paid', 'scheduled', 'payable', 'pending'].map(
        (status) => `/v1/me/commissions?status=${status}`,
      ),
    ),
    asAdmin('api-statement', `${statement}&from=${middle}`),
    asAdmin('api-statement-known-at', `${statement}&from=${middle}&knownAt=${middle}`),
    asAdmin('api-orders-page', '/v1/orders', `/v1/orders?${partner}`),
    asAdmin('api-orders-deep-page', ...deep.map((c) => `/v1/orders?cursor=${c}`)),
    asAdmin('api-journal-of-partner', `/v1/journal?${partner}`, '/v1/journal?partnerId=partner-7'),
    asPartner('api-own-payouts', '/v1/me/payouts'),
  ];
}

function decisionPaths(shape: TradeShape): string[] {
  return Array.from({ length: DECISIONS }, (_, i) => {
    const week = Math.floor(shape.weeks * chance(i, 11));
    const { orderId } = orderOfWeek(week, Math.floor(shape.ordersPerWeek * chance(i, 12)), shape);
    return `/v1/orders/${orderId}/decision`;
  });
}

/** Cursors of pages all over the two years, made of places as the listings make them. */
async function deepPages(place: string, shape: TradeShape): Promise<readonly string[]> {
  const model = await openTrade(place);
  try {
    const cursors: string[] = [];
    for (let page = 1; page <= DEEP_PAGES; page += 1) {
      const week = Math.floor((shape.weeks * page) / (DEEP_PAGES + 1));
      const filter = { at: nowOf(shape), placedBefore: startOfWeek(week + 1) };
      const { next } = await model.readModel.commissions(filter, { limit: 1, cursor: null });
      if (next !== null) cursors.push(next);
    }
    return cursors;
  } finally {
    await model.close();
  }
}

import { check } from 'k6';
import http from 'k6/http';
import { oneOf } from './chance.ts';
import type { Market } from './market.ts';

interface Wanted {
  readonly name: string;
  readonly path: (market: Market) => string;
  readonly key: (market: Market) => string | null;
  /** In a good answer. */
  readonly holds: RegExp;
}

const ofPartner = ({ partnerKeys }: Market) => oneOf(partnerKeys);

const READS: readonly Wanted[] = [
  {
    name: 'GET /v1/me/balance',
    path: () => '/v1/me/balance',
    key: ofPartner,
    holds: /"balances":\[/,
  },
  {
    name: 'GET /v1/me/commissions',
    path: () => '/v1/me/commissions?limit=50',
    key: ofPartner,
    holds: /"items":\[/,
  },
  {
    name: 'GET /v1/me/performance',
    path: () => '/v1/me/performance?groupBy=link,day',
    key: ofPartner,
    holds: /"rows":\[/,
  },
  {
    name: 'GET /v1/orders/{orderId}/decision',
    path: ({ orderIds }) => `/v1/orders/${oneOf(orderIds)}/decision`,
    key: ({ financeKey }) => financeKey,
    holds: /"candidates":\[/,
  },
];

/** Somebody looks something up: a partner what it earned, or finance why. */
export function read(market: Market): void {
  const { name, path, key, holds } = oneOf(READS);
  const response = http.get(`${market.url}${path(market)}`, {
    headers: { Authorization: `Bearer ${key(market) ?? ''}`, Accept: 'application/json' },
    tags: { kind: 'read', name },
    responseType: 'text',
    responseCallback: http.expectedStatuses(200),
  });
  check(response, {
    'a read is answered with what was asked for': ({ status, body }) =>
      status === 200 && holds.test(body),
  });
}

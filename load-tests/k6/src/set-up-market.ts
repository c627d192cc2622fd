import { z } from 'zod';
import type { Market } from '../scenarios/market.ts';
import { anything, createApiClient } from './api-client.ts';
import type { ApiClient } from './api-client.ts';

export interface MarketSize {
  readonly partners: number;
  readonly linksPerPartner: number;
  /** Placed one by one before the load begins. */
  readonly orders: number;
}

export interface OpenedMarket {
  readonly market: Market;
  /** Ends the keys, the shop's connection and the programme; what happened stays in the log. */
  close(): Promise<void>;
}

const issuedKey = z.object({ key: z.object({ keyId: z.string() }), secret: z.string() });
const connectedShop = z.object({ secret: z.string() });
const HOUR_MS = 3_600_000;

/** Sets up a programme of its own with partners, links, coupons, keys, a shop and some orders, through the API. */
export async function setUpMarket(
  url: string,
  accessKey: string,
  size: MarketSize,
): Promise<OpenedMarket> {
  const api = createApiClient(url, accessKey);
  const run = `load-${Date.now().toString(36)}`;
  const since = new Date(Date.now() - HOUR_MS).toISOString();
  const programme = { programmeId: run, name: 'Load test', hosts: ['shop.example'] };
  await api.post('/v1/programmes', { ...programme, openedAt: since }, anything);
  const partners = await Promise.all(
    Array.from({ length: size.partners }, (_, index) =>
      setUpPartner(api, { run, index, since, links: size.linksPerPartner }),
    ),
  );
  const shopId = run;
  const { secret } = await api.post('/v1/shops', { shopId, name: 'Load test' }, connectedShop);
  const finance = await issueKey(api, { label: run, scopes: ['finance'] });
  const linkCodes = partners.flatMap(({ links }) => links);
  const orderIds = await placeOrders(api, { url, run, linkCodes, orders: size.orders });
  const keys = [finance, ...partners.map(({ key }) => key)];
  return {
    market: {
      url,
      run,
      origin: 'https://shop.example',
      linkCodes,
      couponCodes: partners.map(({ coupon }) => coupon),
      shop: { shopId, secret },
      partnerKeys: partners.map(({ key }) => key.secret),
      financeKey: finance.secret,
      orderIds,
    },
    async close() {
      for (const { keyId } of keys) await api.delete(`/v1/keys/${keyId}`);
      await api.delete(`/v1/shops/${shopId}`);
      await api.post(`/v1/programmes/${run}/close`, null, anything);
    },
  };
}

async function issueKey(api: ApiClient, wanted: object) {
  const { key, secret } = await api.post('/v1/keys', wanted, issuedKey);
  return { keyId: key.keyId, secret };
}

interface PartnerWanted {
  readonly run: string;
  readonly index: number;
  readonly since: string;
  readonly links: number;
}

async function setUpPartner(api: ApiClient, { run, index, since, links }: PartnerWanted) {
  const partnerId = `${run}-${String(index)}`;
  const profile = { name: `Blog ${String(index)}`, email: `blog-${partnerId}@post.example` };
  await api.post('/v1/partners', { partnerId, profile, appliedAt: since }, anything);
  await api.post(`/v1/partners/${partnerId}/approve`, { approvedAt: since }, anything);
  const whose = { programmeId: run, partnerId };
  const codes = Array.from({ length: links }, (_, link) => `${partnerId}-${String(link)}`);
  for (const code of codes) {
    const destination = `https://shop.example/sale/${code}?from=blog`;
    await api.post('/v1/links', { ...whose, code, destination, createdAt: since }, anything);
  }
  const coupon = `${run.replaceAll('-', '')}X${String(index)}`.toUpperCase();
  await api.post(
    '/v1/coupons',
    { ...whose, code: coupon, validFrom: since, issuedAt: since },
    anything,
  );
  const key = await issueKey(api, { label: partnerId, scopes: ['partner'], partnerId });
  return { links: codes, coupon, key };
}

interface OrdersWanted {
  readonly url: string;
  readonly run: string;
  readonly linkCodes: readonly string[];
  readonly orders: number;
}

const PLACED_AT_ONCE = 8;
const positioned = z.object({ position: z.number() });

/** Orders after clicks, so that there is something to read, and the projections have handled all of them. */
async function placeOrders(api: ApiClient, { url, run, linkCodes, orders }: OrdersWanted) {
  const orderIds = Array.from({ length: orders }, (_, index) => `${run}-seed-${String(index)}`);
  const waiting = orderIds.values();
  let head = 0;
  const placeAll = async () => {
    for (const orderId of waiting) {
      const clickId = await clickOn(url, oneAfterTheOther(linkCodes, head));
      const { position } = await api.post('/v1/orders', orderAfter(clickId, orderId), positioned);
      head = Math.max(head, position);
    }
  };
  await Promise.all(Array.from({ length: PLACED_AT_ONCE }, placeAll));
  const [first] = orderIds;
  if (first !== undefined) {
    await api.get(`/v1/orders/${first}/decision?waitFor=${String(head)}`);
  }
  return orderIds;
}

function oneAfterTheOther(items: readonly string[], index: number): string {
  return items[index % items.length] ?? '';
}

function orderAfter(clickId: string, orderId: string): object {
  return {
    orderId,
    placedAt: new Date().toISOString(),
    customer: { email: `${orderId}@post.example` },
    currency: 'EUR',
    lines: [{ lineId: '1', amountCents: 10_000 }],
    couponCodes: [],
    clickId,
  };
}

const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36';

async function clickOn(url: string, code: string): Promise<string> {
  const response = await fetch(`${url}/r/${code}`, {
    redirect: 'manual',
    headers: { 'user-agent': BROWSER },
  });
  await response.body?.cancel();
  const id = URL.parse(response.headers.get('location') ?? '')?.searchParams.get('click_id');
  if (response.status === 302 && typeof id === 'string') return id;
  throw new Error(`The link ${code} was answered ${String(response.status)}`);
}

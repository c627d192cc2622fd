import { createClient } from '@provisie/client';
import type { Body, Client } from '@provisie/client';
import type { Market } from '../scenarios/market.ts';

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

const HOUR_MS = 3_600_000;

/** Sets up a programme of its own with partners, links, coupons, keys, a shop and some orders, through the API. */
export async function setUpMarket(
  url: string,
  accessKey: string,
  size: MarketSize,
): Promise<OpenedMarket> {
  const api = createClient({ baseUrl: url, key: accessKey });
  const run = `load-${Date.now().toString(36)}`;
  const since = new Date(Date.now() - HOUR_MS).toISOString();
  const programme = { programmeId: run, name: 'Load test', hosts: ['shop.example'] };
  await api.post('/v1/programmes', { body: { ...programme, openedAt: since } });
  const partners = await Promise.all(
    Array.from({ length: size.partners }, (_, index) =>
      setUpPartner(api, { run, index, since, links: size.linksPerPartner }),
    ),
  );
  const shopId = run;
  // Of our own, so that it is known though the answer be lost on its way.
  const secret = crypto.randomUUID();
  await api.post('/v1/shops', { body: { shopId, name: 'Load test', secret } });
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
      for (const { keyId } of keys) await api.delete('/v1/keys/{keyId}', { path: { keyId } });
      await api.delete('/v1/shops/{shopId}', { path: { shopId } });
      await api.post('/v1/programmes/{programmeId}/close', { path: { programmeId: run } });
    },
  };
}

async function issueKey(api: Client, body: Body<'post', '/v1/keys'>) {
  const { key, secret } = await api.post('/v1/keys', { body });
  if (secret === null) throw new Error(`The answer that held the key ${key.label} was lost`);
  return { keyId: key.keyId, secret };
}

interface PartnerWanted {
  readonly run: string;
  readonly index: number;
  readonly since: string;
  readonly links: number;
}

async function setUpPartner(api: Client, { run, index, since, links }: PartnerWanted) {
  const partnerId = `${run}-${String(index)}`;
  const profile = { name: `Blog ${String(index)}`, email: `blog-${partnerId}@post.example` };
  await api.post('/v1/partners', { body: { partnerId, profile, appliedAt: since } });
  const approval = { path: { partnerId }, body: { approvedAt: since } };
  await api.post('/v1/partners/{partnerId}/approve', approval);
  const whose = { programmeId: run, partnerId };
  const codes = Array.from({ length: links }, (_, link) => `${partnerId}-${String(link)}`);
  for (const code of codes) {
    const destination = `https://shop.example/sale/${code}?from=blog`;
    await api.post('/v1/links', { body: { ...whose, code, destination, createdAt: since } });
  }
  const coupon = `${run.replaceAll('-', '')}X${String(index)}`.toUpperCase();
  await api.post('/v1/coupons', {
    body: { ...whose, code: coupon, validFrom: since, issuedAt: since },
  });
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

/** Orders after clicks, so that there is something to read, and the projections have handled all of them. */
async function placeOrders(api: Client, { url, run, linkCodes, orders }: OrdersWanted) {
  const orderIds = Array.from({ length: orders }, (_, index) => `${run}-seed-${String(index)}`);
  const waiting = orderIds.values();
  let head = 0;
  const placeAll = async () => {
    for (const orderId of waiting) {
      const clickId = await clickOn(url, oneAfterTheOther(linkCodes, head));
      const { position } = await api.post('/v1/orders', { body: orderAfter(clickId, orderId) });
      head = Math.max(head, position);
    }
  };
  await Promise.all(Array.from({ length: PLACED_AT_ONCE }, placeAll));
  const [first] = orderIds;
  if (first !== undefined) {
    const query = { waitFor: head };
    await api.get('/v1/orders/{orderId}/decision', { path: { orderId: first }, query });
  }
  return orderIds;
}

function oneAfterTheOther(items: readonly string[], index: number): string {
  return items[index % items.length] ?? '';
}

function orderAfter(clickId: string, orderId: string): Body<'post', '/v1/orders'> {
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

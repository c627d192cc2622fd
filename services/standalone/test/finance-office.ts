import { DEFAULT_TERMS } from '@provisie/domain';
import { z } from 'zod';
import { provisie, serverProcess, type Finished, type ServerProcess } from './process.ts';

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

/** A running server whose partners earned something that is payable now. */
export interface FinanceOffice {
  readonly folder: string;
  readonly server: ServerProcess;
  /** Of finance. */
  readonly key: string;
  readonly api: (request: string, body?: object) => Promise<unknown>;
  /** `provisie payouts …` with the key of finance, unless told otherwise. */
  payouts(args: readonly string[], key?: string): Promise<Finished>;
  /** An order of a customer of its own that earns the partner a tenth. */
  sell(orderId: string, partnerId: string, amountCents: number): Promise<void>;
}

const MERCHANT = {
  legalName: 'Constructiebureau Van der Veen B.V.',
  street: 'Keizersgracht 1',
  postalCode: '1015 CN',
  city: 'Amsterdam',
  country: 'NL',
  vatId: 'NL853746333B01',
  registrationNumber: '12345678',
  email: 'administratie@example.nl',
  iban: 'NL39RABO0300065264',
  bic: null,
};

const PERSON = {
  accountHolder: 'Łukasz Wiśniewski',
  iban: 'NL91ABNA0417164300',
  taxProfile: 'private_person',
  street: 'Keizersgracht 1',
  postalCode: '1015 CJ',
  city: 'Amsterdam',
  country: 'NL',
};

const BUSINESS = {
  ...PERSON,
  accountHolder: 'Bouwtips B.V.',
  iban: 'DE89370400440532013000',
  taxProfile: 'nl_business',
  vatId: 'NL853746333B01',
};

/** Who is paid how; `null`: gave no payout details. */
const PARTNERS: Readonly<Record<string, object | null>> = {
  woonblog: PERSON,
  bouwtips: BUSINESS,
  klein: { ...PERSON, iban: 'NL39RABO0300065264' },
  zonder: null,
};

/**
 * `woonblog` (a person, €100.00), `bouwtips` (a business, €200.00 and VAT), `klein` (below the threshold: €10.00),
 * `zonder` (blocked: no payout details).
 */
export async function openFinanceOffice(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<FinanceOffice> {
  const server = await serverProcess(folder, environment);
  const adminKey = server.firstAdminKey ?? '';
  const api = async (request: string, body?: object): Promise<unknown> => {
    const [method = '', path = ''] = request.split(' ');
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${adminKey}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${request} was answered ${text}`);
    return JSON.parse(text);
  };
  const sell = async (orderId: string, partnerId: string, amountCents: number) => {
    await api('POST /v1/orders', {
      orderId,
      placedAt: daysAgo(40),
      customer: { email: `${orderId}@post.example` },
      currency: 'EUR',
      lines: [{ lineId: '1', amountCents }],
      couponCodes: [partnerId.toUpperCase()],
    });
  };
  await setUp(api);
  await sell('web-1', 'woonblog', 100_000);
  await sell('web-2', 'bouwtips', 200_000);
  await sell('web-3', 'klein', 10_000);
  await sell('web-4', 'zonder', 100_000);
  const key = await issueKey(api, 'finance');
  return {
    folder,
    server,
    key,
    api,
    sell,
    payouts: (args, as = key) =>
      provisie(['--data', folder, 'payouts', ...args], {
        PROVISIE_URL: server.url,
        PROVISIE_ACCESS_KEY: as,
      }),
  };
}

type Api = FinanceOffice['api'];

export async function issueKey(api: Api, scope: string): Promise<string> {
  const label = `${scope} ${crypto.randomUUID()}`;
  const answer = await api('POST /v1/keys', { label, scopes: [scope] });
  return z.object({ secret: z.string() }).parse(answer).secret;
}

async function setUp(api: Api): Promise<void> {
  await api('PUT /v1/merchant', MERCHANT);
  const openedAt = daysAgo(90);
  await api('POST /v1/programmes', {
    programmeId: 'affiliate',
    name: 'Affiliates',
    hosts: ['www.example.nl'],
    openedAt,
    terms: DEFAULT_TERMS,
  });
  for (const [partnerId, details] of Object.entries(PARTNERS)) {
    const profile = { name: partnerId, email: `redactie@${partnerId}.example` };
    await api('POST /v1/partners', { partnerId, profile, appliedAt: openedAt });
    await api(`POST /v1/partners/${partnerId}/approve`, { approvedAt: openedAt });
    const code = partnerId.toUpperCase();
    const coupon = { code, partnerId, programmeId: 'affiliate', issuedAt: openedAt };
    await api('POST /v1/coupons', coupon);
    if (details === null) continue;
    const given = { ...details, changedAt: daysAgo(80) };
    await api(`PUT /v1/partners/${partnerId}/payout-details`, given);
    await api(`POST /v1/partners/${partnerId}/self-billing`, { agreedAt: daysAgo(80) });
  }
}

import { SAMPLE_MERCHANT, SAMPLE_PAYEES } from './payees.ts';
import type { Setup } from './setup.ts';

const SHOP = 'https://www.dedraagbalk.example';

const terms = (change: Partial<Setup['programmes'][number]['terms']>) => ({
  currency: 'EUR',
  reward: {
    kind: 'percentage' as const,
    rateBps: 1000,
    scope: { orders: 'first_order' as const },
  },
  windowDays: 90,
  precedence: 'coupon' as const,
  commissionBase: 'net_lines' as const,
  holdDays: 14,
  holdFrom: 'placed' as const,
  payoutThresholdCents: 5000,
  consent: { default: 'exempt' as const, countries: {} },
  ...change,
});

interface PartnerPlan {
  readonly id: string;
  readonly name: string;
  readonly programme: string;
  /** Page and label of each link; the first is the busiest. */
  readonly pages: readonly (readonly [slug: string, page: string, label: string])[];
  readonly source: string;
  readonly medium: string;
}

const plans: readonly PartnerPlan[] = [
  plan('woonblog', 'Woonblog Nederland', 'affiliate', 'blog', ['aanbouw', 'dakkapel', 'draagmuur']),
  plan('verbouwhulp', 'Verbouwhulp Online', 'affiliate', 'blog', ['draagmuur', 'fundering']),
  plan('klusvlog', 'Klusvlog met Sanne', 'affiliate', 'video', ['dakopbouw', 'aanbouw']),
  plan('aanbouwgids', 'De Aanbouwgids', 'affiliate', 'blog', ['aanbouw']),
  plan('huisvanhout', 'Huis van Hout', 'affiliate', 'newsletter', ['dakkapel', 'dakopbouw']),
  plan('stadsnest', 'Stadsnest', 'affiliate', 'social', ['dakkapel']),
  plan('duurzaamdak', 'Duurzaam Dak', 'affiliate', 'blog', ['quickscan']),
  plan('tinyhouse-tips', 'Tiny House Tips', 'affiliate', 'social', ['fundering']),
  plan('loftlab', 'Loftlab', 'affiliate', 'social', ['draagmuur']),
  plan('makelaardij-deliefde', 'Makelaardij De Liefde', 'makelaars', 'referral', ['aanbouw']),
  plan('nieuwmarkt-makelaars', 'Nieuwmarkt Makelaars', 'makelaars', 'referral', ['draagmuur']),
  plan('studio-kade', 'Studio Kade Architecten', 'architecten', 'referral', ['dakopbouw']),
  plan('atelier-noord', 'Atelier Noord', 'architecten', 'referral', ['fundering']),
];

function plan(
  id: string,
  name: string,
  programme: string,
  medium: string,
  pages: readonly string[],
): PartnerPlan {
  return {
    id,
    name,
    programme,
    medium,
    source: id,
    pages: pages.map((page) => [page, `/${page}/`, `${name}: ${page}`] as const),
  };
}

/** The office, its programmes and its partners, with the dates at which each of it began. */
export function officeSetup(): Setup {
  return {
    office: 'Constructiebureau De Draagbalk',
    fromDay: '2026-07-01',
    toDay: '2026-09-30',
    balanceAt: '2026-10-05T21:59:59.999Z',
    shop: { shopId: 'draagbalk', name: 'De Draagbalk webshop', url: SHOP },
    merchant: SAMPLE_MERCHANT,
    programmes: [
      programme('affiliate', 'Affiliates: blogs and influencers', terms({})),
      programme(
        'makelaars',
        'Referrals by estate agents',
        terms({
          reward: { kind: 'fixed', amountCents: 5000, scope: { orders: 'first_order' } },
          holdFrom: 'completed',
        }),
      ),
      programme(
        'architecten',
        'Introductions by architects',
        terms({
          reward: {
            kind: 'percentage',
            rateBps: 500,
            scope: { orders: 'first_n_orders', count: 3 },
          },
          precedence: 'link',
        }),
      ),
    ],
    partners: plans.map(partner),
    links: [...plans.flatMap(links), retiredLink()],
    coupons: coupons(),
  };
}

function programme(
  programmeId: string,
  name: string,
  itsTerms: Setup['programmes'][number]['terms'],
): Setup['programmes'][number] {
  return {
    programmeId,
    name,
    hosts: ['www.dedraagbalk.example'],
    openedAt: '2026-03-01T08:00:00.000Z',
    terms: itsTerms,
  };
}

const suspensions: Readonly<Record<string, Setup['partners'][number]['suspensions']>> = {
  stadsnest: [{ from: '2026-08-15T09:00:00.000Z', reason: 'Bids on our brand name' }],
  klusvlog: [
    {
      from: '2026-08-03T07:00:00.000Z',
      reason: 'Advertising not marked as such',
      until: '2026-08-17T07:00:00.000Z',
    },
  ],
};

function partner(its: PartnerPlan): Setup['partners'][number] {
  const payee = SAMPLE_PAYEES[its.id];
  return {
    partnerId: its.id,
    name: its.name,
    email: `info@${its.id}.example`,
    website: `https://www.${its.id}.example/`,
    appliedAt: '2026-03-02T09:00:00.000Z',
    approvedAt: '2026-03-09T09:00:00.000Z',
    suspensions: suspensions[its.id] ?? [],
    ...(payee === undefined ? {} : { payee }),
    payableSince: '2026-03-12T09:00:00.000Z',
  };
}

function links(its: PartnerPlan): Setup['links'] {
  return its.pages.map(([slug, page, label]) => ({
    code: `${its.id}-${slug}`,
    programmeId: its.programme,
    partnerId: its.id,
    destination: `${SHOP}${page}`,
    label,
    utm: { source: its.source, medium: its.medium, campaign: slug },
    createdAt: '2026-03-10T09:00:00.000Z',
  }));
}

/** The old tracker went on answering its clicks after the office had disabled it. */
function retiredLink(): Setup['links'][number] {
  return {
    code: 'verbouwhulp-lente',
    programmeId: 'affiliate',
    partnerId: 'verbouwhulp',
    destination: `${SHOP}/aanbouw/`,
    label: 'Spring campaign',
    createdAt: '2026-03-10T09:00:00.000Z',
    disabledAt: '2026-07-10T10:00:00.000Z',
  };
}

function coupons(): Setup['coupons'] {
  const issued = (code: string, partnerId: string, programmeId = 'affiliate') => ({
    code,
    programmeId,
    partnerId,
    issuedAt: '2026-03-15T09:00:00.000Z',
  });
  return [
    issued('WOONBLOG10', 'woonblog'),
    { ...issued('KLUSVLOG5', 'klusvlog'), validUntil: '2026-08-31T21:59:59.999Z' },
    { ...issued('VERBOUW5', 'verbouwhulp'), withdrawnAt: '2026-09-10T08:00:00.000Z' },
    issued('AANBOUWGIDS10', 'aanbouwgids'),
    issued('STADSNEST10', 'stadsnest'),
    issued('DELIEFDE', 'makelaardij-deliefde', 'makelaars'),
    issued('KADE5', 'studio-kade', 'architecten'),
  ];
}

/** The shop's own codes belong to no partner. */
export const SHOP_CODES = ['ZOMER26', 'WELKOM5', 'NIEUWSBRIEF5'] as const;

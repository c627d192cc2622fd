import type { PageRequest, ReadModel, ReadModelSnapshot } from '../src/index.ts';
import { day } from './events.ts';

const at = day(60);
const moment = { asOf: at, knownAt: null };
const knownThen = { asOf: at, knownAt: day(50, 5) };
const first: PageRequest = { limit: 50, cursor: null };
const after = (...place: readonly (string | number)[]): PageRequest => ({
  limit: 50,
  cursor: Buffer.from(JSON.stringify(place)).toString('base64url'),
});
const partnerId = 'p-7';
const account = { partnerId, currency: 'EUR' };
const quarter = { fromDay: '2026-01-15', toDay: '2026-04-14' };

/**
 * How much a question may read. `found`: what it answers, by an index. `in_order`: an index from where it stands on,
 * until the page is full. `summed`: a span of sums that doesn't grow with orders or touches, put together in memory.
 * `all_partners`: one row for each partner.
 */
type Reach = 'found' | 'in_order' | 'summed' | 'all_partners';

type Question = readonly [what: string, reach: Reach, ask: (model: ReadModel) => Promise<unknown>];

const snapshot =
  (ask: (snapshot: ReadModelSnapshot) => Promise<unknown>) =>
  (model: ReadModel): Promise<unknown> =>
    model.snapshot(ask);

/** Everything that a read model can be asked, with every filter that an index must answer. */
export const QUESTIONS: readonly Question[] = [
  ['programmes', 'found', (model) => model.programmes(first)],
  ['a programme', 'found', (model) => model.programme('affiliate')],
  ['partners', 'found', (model) => model.partners({}, first)],
  ['partners by status', 'found', (model) => model.partners({ status: 'approved' }, first)],
  ['a partner', 'found', (model) => model.partner(partnerId)],
  ['partners with an account', 'all_partners', (model) => model.partnersWithAccount('k')],
  ['links', 'found', (model) => model.links({}, first)],
  ['links of a partner', 'found', (model) => model.links({ partnerId }, first)],
  ['links of a programme', 'found', (model) => model.links({ programmeId: 'affiliate' }, first)],
  ['a link', 'found', (model) => model.link('l-1')],
  ['coupons', 'found', (model) => model.coupons({}, first)],
  ['coupons of a partner', 'found', (model) => model.coupons({ partnerId }, first)],
  ['a coupon', 'found', (model) => model.coupon('C')],
  ['orders', 'in_order', (model) => model.orders({}, first)],
  ['orders further on', 'found', (model) => model.orders({}, after(at, 'o-4711'))],
  ['orders of a partner', 'found', (model) => model.orders({ partnerId }, first)],
  ['orders of a partner further on', 'found', (m) => m.orders({ partnerId }, after(at, 'o-1'))],
  ['orders of a period', 'found', (m) => m.orders({ placedFrom: day(1), placedBefore: at }, first)],
  ['an order', 'found', (model) => model.order('o-4711')],
  ['a decision', 'found', (model) => model.decision('o-4711')],
  ['commissions', 'in_order', (model) => model.commissions({ at }, first)],
  ['commissions further on', 'found', (model) => model.commissions({ at }, after(at, 'o-4711'))],
  ['commissions of a partner', 'found', (model) => model.commissions({ at, partnerId }, first)],
  [
    'commissions of a partner further on',
    'found',
    (model) => model.commissions({ at, partnerId }, after(at, 'o-4711')),
  ],
  [
    'commissions of a programme',
    'found',
    (model) => model.commissions({ at, programmeId: 'affiliate' }, first),
  ],
  ...(['paid', 'payable', 'pending'] as const).flatMap((status): Question[] => [
    [`${status} commissions`, 'found', (model) => model.commissions({ at, status }, first)],
    [
      `${status} commissions of a partner`,
      'found',
      (model) => model.commissions({ at, status, partnerId }, first),
    ],
  ]),
  ['what is in hold', 'summed', (model) => model.pendingDays(partnerId, at)],
  ['balances', 'summed', (model) => model.balances({}, moment, first)],
  ['a balance', 'summed', (model) => model.balances({ partnerId }, moment, first)],
  ['a balance as known', 'summed', (model) => model.balances({ partnerId }, knownThen, first)],
  ...(
    [
      [],
      ['day'],
      ['partner'],
      ['programme'],
      ['link'],
      ['coupon'],
      ['campaign'],
      ['link', 'campaign'],
      ['programme', 'coupon'],
      ['day', 'partner'],
    ] as const
  ).flatMap((groupBy): Question[] => [
    [`performance by ${groupBy.join()}`, 'summed', (m) => m.performance({ ...quarter, groupBy })],
    [
      `performance of a partner by ${groupBy.join()}`,
      'summed',
      (model) => model.performance({ ...quarter, groupBy, partnerId }),
    ],
  ]),
  [
    'performance of a programme',
    'summed',
    (model) => model.performance({ ...quarter, groupBy: ['day'], programmeId: 'affiliate' }),
  ],
  ['the journal', 'in_order', (model) => model.journal({}, first)],
  ['the journal further on', 'found', (model) => model.journal({}, after(4711, 'e-4711'))],
  ['the journal of an order', 'found', (model) => model.journal({ orderId: 'o-4711' }, first)],
  ['the journal of a partner', 'found', (model) => model.journal({ partnerId }, first)],
  [
    'the journal of a partner further on',
    'found',
    (model) => model.journal({ partnerId }, after(4711, 'e-4711')),
  ],
  ['payout runs', 'in_order', (model) => model.payoutRuns(first)],
  ['a payout run', 'found', (model) => model.payoutRun('r-1')],
  ['skipped payouts', 'in_order', (model) => model.skippedPayouts({}, first)],
  ['skipped payouts of a partner', 'found', (model) => model.skippedPayouts({ partnerId }, first)],
  ['skipped payouts of a run', 'found', (model) => model.skippedPayouts({ runId: 'r-1' }, first)],
  ['skipped payouts further on', 'found', (model) => model.skippedPayouts({}, after(at, 'po-1'))],
  ['payouts', 'in_order', (model) => model.payouts({}, first)],
  ['payouts of a partner', 'found', (model) => model.payouts({ partnerId }, first)],
  ['payouts of a run', 'found', (model) => model.payouts({ runId: 'r-1' }, first)],
  ['payouts by status', 'found', (model) => model.payouts({ status: 'paid' }, first)],
  ['payouts further on', 'found', (model) => model.payouts({}, after(at, 'po-1'))],
  ['a payout', 'found', (model) => model.payout('po-1')],
  ['documents', 'in_order', (model) => model.documents({}, first)],
  ['documents of a partner', 'found', (model) => model.documents({ partnerId }, first)],
  ['documents of a payout', 'found', (model) => model.documents({ payoutId: 'po-1' }, first)],
  ['a document', 'found', (model) => model.document('d-1')],
  ['a statement', 'summed', (m) => m.statement({ ...account, from: null, ...moment }, first)],
  [
    'a statement of a period as known',
    'summed',
    (model) => model.statement({ ...account, from: day(30), ...knownThen }, first),
  ],
  [
    'a statement further on',
    'summed',
    (model) =>
      model.statement(
        { ...account, from: null, ...moment },
        after(day(30), 1, 'e-1', 1, day(1000)),
      ),
  ],
  [
    'why a statement changed',
    'summed',
    (m) =>
      m.statementDifference(partnerId, 'EUR', { asOf: day(40), knownAt: day(40) }, moment, first),
  ],
  ['set aside', 'found', (model) => model.quarantine(first)],
  ['all decisions', 'in_order', snapshot((model) => model.decisions(first))],
  ['decisions further on', 'found', snapshot((model) => model.decisions(after('o-4711')))],
  [
    'who may be paid',
    'summed',
    snapshot((model) =>
      model.payoutCandidates({ currency: 'EUR', at, cutOff: at, partnerIds: null }, first),
    ),
  ],
  [
    'whether some would be paid',
    'summed',
    snapshot((model) =>
      model.payoutCandidates({ currency: 'EUR', at, cutOff: at, partnerIds: [partnerId] }, first),
    ),
  ],
  ['whether one would be paid', 'summed', snapshot((m) => m.payoutOutlook({ ...account, at }))],
];

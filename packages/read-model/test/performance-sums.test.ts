import { dayNamed, dayOf, dayText } from '@provisie/domain';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EntityCache } from '../src/batch/entity-cache.ts';
import type { OpenedReadModel } from '../src/opened-read-model.ts';
import { performanceOfText } from '../src/counting/performance-of-orders.ts';
import { placeOf } from '../src/counting/performance-of-touches.ts';
import { touchesBetween } from '../src/batch/touch-rows.ts';
import type { PerformanceDimension, PerformanceFilter, PerformanceRow } from '../src/views.ts';
import { onEachDatabase } from './dialects.ts';
import { click, day, recorded, recordedOverDays, smallProgramme } from './events.ts';
import { applyInBatches, clear } from './read-models.ts';
import { worlds } from './worlds.ts';

const DIMENSIONS = ['day', 'partner', 'programme', 'link', 'coupon', 'campaign'] as const;

const date = fc.integer({ min: 0, max: 200 }).map((days) => dayText(dayNamed('2026-01-01') + days));
const asked: fc.Arbitrary<PerformanceFilter> = fc
  .record(
    {
      from: date,
      to: date,
      groupBy: fc.subarray([...DIMENSIONS]),
      partnerId: fc.constantFrom('ann', 'bob'),
      programmeId: fc.constantFrom('affiliate', 'agents'),
    },
    { requiredKeys: ['from', 'to', 'groupBy'] },
  )
  .map(({ from, to, ...filter }) =>
    Object.assign(filter, { fromDay: from < to ? from : to, toDay: from < to ? to : from }),
  );

onEachDatabase((models) => {
  test('who is heard of again, otherwise but at the same place, still counts there', async () => {
    const model = await models.empty();
    const clickAt = (hour: number) =>
      click('v', 'ann-link', day(10, hour * 3_600_000), { touch: 'again' });
    const log = recorded([...smallProgramme(), clickAt(10), clickAt(9)]);
    await applyInBatches(model, log, [1]);
    const [fromDay, toDay] = ['2026-01-01', '2026-12-31'];
    for (const groupBy of [[], ['day'], ['partner'], ['campaign']] as const) {
      const rows = await model.readModel.performance({ fromDay, toDay, groupBy });
      expect(rows).toMatchObject([{ clicks: 1, uniqueVisitors: 1 }]);
    }
  });

  test('a day is one in the Netherlands, as on papers: the last of March ends at 22:00 UTC', async () => {
    const model = await models.empty();
    const end = Date.parse('2026-03-31T22:00:00Z');
    const clicks = [click('v', 'ann-link', end - 1), click('v', 'ann-link', end)];
    await applyInBatches(model, recorded([...smallProgramme(), ...clicks]), [3]);
    const daysBetween = async (fromDay: string, toDay: string) => {
      const rows = await model.readModel.performance({ fromDay, toDay, groupBy: ['day'] });
      return rows.map(({ day: of, clicks: times, uniqueVisitors }) => [of, times, uniqueVisitors]);
    };
    expect(await daysBetween('2026-03-01', '2026-03-31')).toEqual([['2026-03-31', 1, 1]]);
    expect(await daysBetween('2026-04-01', '2026-04-30')).toEqual([['2026-04-01', 1, 1]]);
  });

  test('every grouping of any period comes to what single touches and orders come to', async () => {
    const model = await models.empty();
    const questions = fc.array(asked, { minLength: 20, maxLength: 20 });
    const daysApart = fc.integer({ min: 0, max: 6 });
    await fc.assert(
      fc.asyncProperty(
        worlds,
        daysApart,
        questions,
        async ({ events, batchSizes }, days, questions) => {
          await clear(model);
          await applyInBatches(model, recordedOverDays(events, days), batchSizes);
          const counted = await countedIn(model);
          for (const filter of questions) {
            const rows = await model.readModel.performance(filter);
            const found = new Map(rows.map((row) => [nameOf(row, filter), figuresOf(row)]));
            expect({ filter, found }).toEqual({ filter, found: addedUp(counted, filter) });
          }
        },
      ),
      models.runs,
    );
  }, 240_000);

  test('a period that ends before it begins holds nothing', async () => {
    const { readModel } = await models.empty();
    const filter = { fromDay: '2026-02-02', toDay: '2026-02-01', groupBy: [] };
    expect(await readModel.performance(filter)).toEqual([]);
  });
});

function dateOf(at: number): string {
  return dayText(dayOf(at));
}

type Figures = Pick<
  PerformanceRow,
  'clicks' | 'visits' | 'uniqueVisitors' | 'orders' | 'revenueCents' | 'commissionCents'
>;

function figuresOf(row: PerformanceRow): Figures {
  const { clicks, visits, uniqueVisitors, orders, revenueCents, commissionCents } = row;
  return { clicks, visits, uniqueVisitors, orders, revenueCents, commissionCents };
}

/** One touch or order. */
interface Counted {
  readonly of: Readonly<Record<PerformanceDimension, string>>;
  readonly visitorId: string | null;
  readonly currency: string | null;
  readonly figures: Omit<Figures, 'uniqueVisitors'>;
}

const NOTHING = { clicks: 0, visits: 0, orders: 0, revenueCents: 0, commissionCents: 0 };

async function countedIn({ database }: OpenedReadModel): Promise<readonly Counted[]> {
  const session = database.reading;
  const cache = await EntityCache.load(session);
  const seen = await session.db.selectFrom('touches').select('visitor_id').distinct().execute();
  const visitorIds = seen.map(({ visitor_id }) => visitor_id);
  const touches = await Promise.all(
    visitorIds.map((visitorId) => touchesBetween(session, visitorId, 0, Number.MAX_SAFE_INTEGER)),
  );
  const ofTouches = touches
    .flat()
    .filter(({ touch }) => !touch.bot && touch.kind !== 'coupon_entered')
    .map(({ touch }): Counted => {
      const { link_code: link, campaign } = placeOf(cache, touch);
      const owner = cache.linkCreated(link)?.data;
      const [partner, programme] = [owner?.partnerId ?? '', owner?.programmeId ?? ''];
      return {
        of: { day: dateOf(touch.occurredAt), partner, programme, link, coupon: '', campaign },
        visitorId: touch.visitorId,
        currency: null,
        figures: { ...NOTHING, [touch.kind === 'click' ? 'clicks' : 'visits']: 1 },
      };
    });
  const decisions = await session.db.selectFrom('decisions').select('performance').execute();
  const ofOrders = decisions.flatMap(({ performance }): Counted[] => {
    const share = performanceOfText(performance);
    if (share === null) return [];
    const of = {
      day: dayText(share.day),
      partner: share.partner_id,
      programme: share.programme_id,
      link: share.link_code,
      coupon: share.coupon_code,
      campaign: share.campaign,
    };
    const { orders, revenue_cents: revenueCents, commission_cents: commissionCents } = share;
    const figures = { ...NOTHING, orders, revenueCents, commissionCents };
    return [{ of, visitorId: null, currency: share.currency, figures }];
  });
  return [...ofTouches, ...ofOrders];
}

const COLUMNS = {
  day: 'day',
  partner: 'partnerId',
  programme: 'programmeId',
  link: 'linkCode',
  coupon: 'couponCode',
  campaign: 'campaign',
} as const;

function nameOf(row: PerformanceRow, { groupBy }: PerformanceFilter): string {
  return JSON.stringify(groupBy.map((dimension) => row[COLUMNS[dimension]] ?? ''));
}

/** By group: all orders of these worlds have one currency. */
function addedUp(
  counted: readonly Counted[],
  { fromDay, toDay, partnerId, programmeId, groupBy }: PerformanceFilter,
): ReadonlyMap<string, Figures> {
  const groups = Map.groupBy(
    counted
      .filter(({ of }) => of.day >= fromDay && of.day <= toDay)
      .filter(({ of }) => partnerId === undefined || of.partner === partnerId)
      .filter(({ of }) => programmeId === undefined || of.programme === programmeId),
    ({ of }) => JSON.stringify(groupBy.map((dimension) => of[dimension])),
  );
  return new Map(Array.from(groups, ([name, members]) => [name, sumOf(members)]));
}

function sumOf(members: readonly Counted[]): Figures {
  const sum = (pick: (figures: Counted['figures']) => number) =>
    members.reduce((total, { figures }) => total + pick(figures), 0);
  const seen = members.filter(({ visitorId }) => visitorId !== null);
  return {
    clicks: sum(({ clicks }) => clicks),
    visits: sum(({ visits }) => visits),
    uniqueVisitors: new Set(seen.map(({ of, visitorId }) => `${of.day} ${String(visitorId)}`)).size,
    orders: sum(({ orders }) => orders),
    revenueCents: sum(({ revenueCents }) => revenueCents),
    commissionCents: sum(({ commissionCents }) => commissionCents),
  };
}

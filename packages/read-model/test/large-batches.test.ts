import { expect, test } from 'vitest';
import { TABLE_NAMES } from '../src/tables/index.ts';
import { compareTable } from '../src/verifying/table-comparison.ts';
import {
  cancelled,
  click,
  day,
  event,
  order,
  recorded,
  refund,
  smallProgramme,
  terms,
  type Written,
} from './events.ts';
import { onEachDatabase } from './dialects.ts';

/** More than a batch holds at a time, of facts and of orders that one fact re-decides. */
const ORDERS = 2100;
const ORDERS_OF_A_CUSTOMER = 3;

/** Each order after a click, then facts that re-decide some orders, and facts that re-decide them all. */
function manyOrders(): Written[] {
  const numbers = Array.from({ length: ORDERS }, (_, n) => n);
  const customerOf = (n: number) => `c-${Math.floor(n / ORDERS_OF_A_CUSTOMER)}`;
  const placed = numbers.flatMap((n) => [
    click(`v-${n}`, n % 2 === 0 ? 'ann-link' : 'bob-link', day(10, n)),
    order(`o-${n}`, customerOf(n), day(20, n), { visitor: `v-${n}` }),
  ]);
  const changed = numbers.flatMap((n) => {
    if (n % 5 === 0) return [refund(`o-${n}`, `r-${n}`, day(22), 100)];
    return n % 7 === 0 ? [cancelled(`o-${n}`, day(23))] : [];
  });
  return [
    ...smallProgramme(),
    ...placed,
    ...changed,
    terms('affiliate', 2, day(20), { windowDays: 5 }, day(60)),
    event('PartnerSuspended', day(15), { partnerId: 'ann', reason: 'fraud' }),
    ...numbers.filter((n) => n % 3 === 0).map((n) => click(`v-${n}`, 'bob-link', day(19, n))),
  ];
}

onEachDatabase((models) => {
  test('a batch that holds more than it keeps in memory comes to the same rows as small ones', async () => {
    const log = recorded(manyOrders());
    const inOne = await models.afterLog(log, [log.length]);
    const inSmall = await models.afterLog(log, [97]);
    for (const table of TABLE_NAMES) {
      const { database } = inOne;
      const compared = await compareTable(database.reading, inSmall.database.reading, table);
      expect(compared.firstDifference).toBeNull();
    }
    const { rows } = await inOne.readModel.orders({}, { limit: 500, cursor: null });
    expect(rows).toHaveLength(500);
  }, 120_000);
});

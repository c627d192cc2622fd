import { expect, test } from 'vitest';
import { click, day, order, smallProgramme } from './events.ts';
import { after, firstPage } from './read-models.ts';

test('an order after a click is awarded to the link', async () => {
  const { readModel } = await after([
    ...smallProgramme(),
    click('v', 'ann-link', day(10)),
    order('o-1', 'cust', day(12), { visitor: 'v' }),
  ]);
  const decision = await readModel.decision('o-1');
  expect(decision?.award?.partnerId).toBe('ann');
  console.log(
    JSON.stringify(
      [
        await readModel.commissions({ at: day(13) }, firstPage),
        await readModel.balances({}, { asOf: day(13), knownAt: null }, firstPage),
        await readModel.journal({}, firstPage),
        await readModel.performance({
          fromDay: '2026-01-01',
          toDay: '2026-12-31',
          groupBy: ['partner', 'link'],
        }),
        await readModel.orders({}, firstPage),
      ],
      null,
      1,
    ),
  );
});

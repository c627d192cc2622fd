import { decide, gatherFacts, MOST_TOUCHES_OF_VISITOR } from '@provisie/domain';
import { readFact, type RecordedEvent } from '@provisie/event-store';
import { expect, test } from 'vitest';
import { buildTables } from '../src/build/build-tables.ts';
import type { OpenedReadModel } from '../src/opened-read-model.ts';
import { TABLE_NAMES } from '../src/tables/index.ts';
import { compareTable } from '../src/verifying/table-comparison.ts';
import { onEachDatabase } from './dialects.ts';
import { click, day, order, recorded, refund, smallProgramme, type Written } from './events.ts';
import { logInMemory } from './logs.ts';

/** Of one visitor on one day, a second apart. */
const clicks = (from: number, to: number, bot = true): readonly Written[] =>
  Array.from({ length: to - from }, (_, n) =>
    click('v', 'bob-link', day(10, (from + n) * 1000), { bot }),
  );
const at = (click: number) => day(10, click * 1000);
const MOST = MOST_TOUCHES_OF_VISITOR;

/**
 * Orders with fewer touches before them than are considered, with as many, and with more, in one batch and in several;
 * of the first and the second the one that counts comes late, and so do some that don't.
 */
const LOG = recorded([
  ...smallProgramme(),
  click('v', 'ann-link', at(0) - 1),
  ...clicks(0, MOST - 2),
  order('few', 'a', at(MOST - 2), { visitor: 'v' }),
  order('as-many', 'b', at(MOST + 1), { visitor: 'v' }),
  order('more', 'c', at(MOST + 2), { visitor: 'v' }),
  ...clicks(MOST - 2, MOST - 1),
  order('early', 'd', at(5), { visitor: 'v' }),
  ...clicks(MOST - 1, 2 * MOST + 300),
  order('many', 'e', at(2 * MOST + 300), { visitor: 'v' }),
  click('v', 'ann-link', at(MOST) + 1),
  order('late', 'f', at(2 * MOST + 400), { visitor: 'v' }),
  click('v', 'ann-link', at(MOST + 350)),
  click('v', 'ann-link', at(MOST - 1) + 1),
  refund('many', 'r-1', at(2 * MOST + 500), 1000),
]);
const ORDERS = ['few', 'as-many', 'more', 'early', 'many', 'late'];

async function expectDecided(model: OpenedReadModel): Promise<void> {
  const facts = gatherFacts(LOG.map(readFact));
  for (const orderId of ORDERS) {
    expect(await model.readModel.decision(orderId)).toEqual(decide(orderId, facts));
  }
}

async function built(model: OpenedReadModel, log: readonly RecordedEvent[]): Promise<void> {
  const store = logInMemory(log);
  await buildTables({
    database: model.database,
    store,
    projection: { unreadable: 'stop', now: () => 0 },
    until: await store.head(),
    onBatch: async () => {},
    limits: { batchSize: 3, mostExpected: 4, fewEvents: 1000 },
  });
}

onEachDatabase((models) => {
  test('a decision from some of a visitor’s touches is the one from all of them', async () => {
    const live = await models.afterLog(LOG, [4000]);
    await expectDecided(live);
    const other = await models.empty();
    await built(other, LOG);
    await expectDecided(other);
    for (const table of TABLE_NAMES) {
      const sides = [live.database.reading, other.database.reading] as const;
      const { firstDifference } = await compareTable(...sides, table);
      expect({ table, firstDifference }).toEqual({ table, firstDifference: null });
    }
  }, 120_000);
});

import type { RecordedEvent } from '@provisie/event-store';
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { buildTables, type BuildLimits } from '../src/build/build-tables.ts';
import { loadUnderWay } from '../src/build/touch-load.ts';
import type { OpenedReadModel } from '../src/opened-read-model.ts';
import { compareTable } from '../src/verifying/table-comparison.ts';
import { TABLE_NAMES } from '../src/tables/index.ts';
import { onEachDatabase } from './dialects.ts';
import {
  click,
  day,
  link,
  order,
  recorded,
  recordedOverDays,
  smallProgramme,
  visit,
  type Written,
} from './events.ts';
import { logInMemory } from './logs.ts';
import { applyInBatches, clear } from './read-models.ts';
import { worlds } from './worlds.ts';

class BrokenOff extends Error {}

const LIMITS: BuildLimits = { batchSize: 3, mostExpected: 4, fewEvents: 0 };

/** Builds it, and begins again whenever it breaks off, each time after so many batches more. */
async function build(
  { database }: OpenedReadModel,
  log: readonly RecordedEvent[],
  breaksOffAfter: readonly number[] = [],
  poison: ReadonlySet<number> = new Set(),
  limits = LIMITS,
): Promise<void> {
  const store = logInMemory(
    log.map((event) => (poison.has(event.position) ? { ...event, occurredAt: Number.NaN } : event)),
  );
  for (const most of [...breaksOffAfter, Number.POSITIVE_INFINITY]) {
    let batches = 0;
    try {
      await buildTables({
        database,
        store,
        projection: { unreadable: 'set_aside', now: () => 0 },
        until: await store.head(),
        limits,
        onBatch: async () => {
          batches += 1;
          if (batches > most) throw new BrokenOff();
        },
      });
      return;
    } catch (error) {
      if (!(error instanceof BrokenOff)) throw error;
    }
  }
}

async function expectEqualTables(live: OpenedReadModel, built: OpenedReadModel): Promise<void> {
  for (const table of TABLE_NAMES) {
    const sides = [live.database.reading, built.database.reading] as const;
    const { firstDifference } = await compareTable(...sides, table);
    expect({ table, firstDifference }).toEqual({ table, firstDifference: null });
  }
  expect(await indexesIn(built)).toEqual(await indexesIn(live));
}

async function indexesIn({ database }: OpenedReadModel): Promise<readonly string[]> {
  const { db, dialect } = database.reading;
  const named =
    dialect.name === 'sqlite'
      ? sql<{ name: string }>`select name from sqlite_master where type = 'index' order by name`
      : sql<{ name: string }>`
          select indexname as name from pg_indexes where schemaname = current_schema() order by name`;
  const { rows } = await named.execute(db);
  return rows.map(({ name }) => name);
}

const breaks = fc.array(fc.nat(25), { maxLength: 3 });
/** To read ahead takes a thread, which takes its time to start: now and then. */
const few = fc.oneof(fc.constant(0), { weight: 9, arbitrary: fc.constant(1000) });
/** In days from one event to the next. */
const pace = fc.integer({ min: 0, max: 6 });

onEachDatabase((models) => {
  test('a build comes to the rows that following the log comes to, wherever it breaks off', async () => {
    const [live, built] = [await models.empty(), await models.empty()];
    await fc.assert(
      fc.asyncProperty(
        worlds,
        breaks,
        pace,
        few,
        async ({ events, batchSizes }, breaksOffAfter, days, fewEvents) => {
          await clear(live);
          await clear(built);
          const log = recordedOverDays(events, days);
          await applyInBatches(live, log, batchSizes);
          await build(built, log, breaksOffAfter, new Set(), { ...LIMITS, fewEvents });
          await expectEqualTables(live, built);
          expect(await loadUnderWay(built.database)).toBeNull();
        },
      ),
      models.runs,
    );
  }, 120_000);

  test.each<[string, readonly Written[]]>([
    ['nothing at all', []],
    ['no touch', smallProgramme()],
    [
      'a click that an order names before the log has it',
      [
        ...smallProgramme(),
        order('o-1', 'c', day(12), { visitor: 'v' }),
        click('v', 'ann-link', day(10)),
        click('v', 'bob-link', day(11)),
      ],
    ],
    [
      'visits before the link that they name, and touches that share an id',
      [
        ...smallProgramme(),
        visit('v', day(10), { utm: { campaign: 'late' } }),
        visit('w', day(10), { ref: 'late-link', touch: 'same' }),
        visit('x', day(9), { ref: 'ann-link', touch: 'same' }),
        click('w', 'ann-link', day(10), { touch: 'twice' }),
        click('w', 'ann-link', day(10), { touch: 'twice' }),
        click('w', 'bob-link', day(9), { touch: 'twice' }),
        link('late-link', 'ann', day(1), { utm: { campaign: 'late' } }),
        order('o-1', 'c', day(12), { visitor: 'w' }),
      ],
    ],
    ...[0, 1, 2].map((between): [string, readonly Written[]] => [
      `an order ${between} events behind touches that share an id`,
      [
        ...smallProgramme(),
        click('v', 'ann-link', day(10), { touch: 'twice' }),
        click('v', 'bob-link', day(9), { touch: 'twice' }),
        ...Array.from({ length: between }, (_, n) => order(`o-${n}`, 'c', day(11))),
        order('o-last', 'd', day(12), { visitor: 'v' }),
      ],
    ]),
    [
      'more touches to come than it keeps in mind',
      [
        ...smallProgramme(),
        order('o-1', 'c', day(40), { visitor: 'v' }),
        ...Array.from({ length: 12 }, (_, n) => click('v', 'ann-link', day(10 + n))),
        order('o-2', 'd', day(41), { visitor: 'v' }),
        ...Array.from({ length: 12 }, (_, n) => click('v', 'bob-link', day(30 - n))),
      ],
    ],
  ])('%s', async (_, events) => {
    const [live, built] = [await models.empty(), await models.empty()];
    const log = recorded(events);
    await applyInBatches(live, log, [100]);
    await build(built, log);
    await expectEqualTables(live, built);
    expect(await loadUnderWay(built.database)).toBeNull();
  });

  test('an event that makes it fail is set aside where it stands, be it a touch or not', async () => {
    const [live, built] = [await models.empty(), await models.empty()];
    const log = recorded([
      ...smallProgramme(),
      click('v', 'ann-link', day(10)),
      click('v', 'bob-link', day(11)),
      order('o-1', 'c', day(12), { visitor: 'v' }),
      order('o-2', 'c', day(13), { visitor: 'v' }),
      click('v', 'ann-link', day(9), { touch: 'twice' }),
      click('v', 'bob-link', day(8), { touch: 'twice' }),
    ]);
    for (const back of [3, 5]) {
      const refused = log.at(-back)?.position ?? 0;
      await clear(live);
      await clear(built);
      await applyInBatches(
        live,
        log.filter(({ position }) => position !== refused),
        [2],
      );
      await build(built, log, [], new Set([refused]));
      const { rows } = await built.readModel.quarantine({ limit: 10, cursor: null });
      expect(rows.map(({ position }) => position)).toEqual([refused]);
      for (const table of TABLE_NAMES.filter((name) => name !== 'quarantine')) {
        if (table === 'checkpoint') continue;
        const sides = [live.database.reading, built.database.reading] as const;
        expect((await compareTable(...sides, table)).firstDifference).toBeNull();
      }
      expect(await indexesIn(built)).toEqual(await indexesIn(live));
    }
  });
});

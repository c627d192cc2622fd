import { expect, test } from 'vitest';
import type { JournalFilter } from '../src/index.ts';
import { day, event, order, recorded, refund, smallProgramme } from './events.ts';
import { applyInBatches, firstPage } from './read-models.ts';
import { onEachDatabase } from './dialects.ts';

const season = [
  ...smallProgramme(),
  order('o-3', 'c3', day(10), { codes: ['BOB10'], amountCents: 30_000 }),
  order('o-1', 'c1', day(11), { codes: ['BOB10'], amountCents: 50_000 }),
  order('o-2', 'c2', day(12)),
  refund('o-1', 'r', day(13), 10_000),
  event('OrderCancelled', day(14), { orderId: 'o-3' }),
];

onEachDatabase((models) => {
  test('every order has a decision in the listing, page by page, by order id', async () => {
    const { readModel } = await models.after(season);
    const ids = await readModel.snapshot(async (model) => {
      const first = await model.decisions({ limit: 2, cursor: null });
      const second = await model.decisions({ limit: 2, cursor: first.next });
      expect([first.rows.length, second.next]).toEqual([2, null]);
      return [...first.rows, ...second.rows];
    });
    expect(ids.map(({ orderId }) => orderId)).toEqual(['o-1', 'o-2', 'o-3']);
    expect(ids[0]).toEqual(await readModel.decision('o-1'));
  });

  test('a snapshot lists what the read model lists', async () => {
    const { readModel } = await models.after(season);
    const at = day(40);
    const listed = await readModel.snapshot(async (model) => ({
      position: model.position,
      journal: await model.journal({}, firstPage),
      commissions: await model.commissions({ at }, firstPage),
      trialBalance: await model.trialBalance({ asOf: at, knownAt: null }),
    }));
    expect(listed).toEqual({
      position: season.length,
      journal: await readModel.journal({}, firstPage),
      commissions: await readModel.commissions({ at }, firstPage),
      trialBalance: await readModel.trialBalance({ asOf: at, knownAt: null }),
    });
    expect(listed.journal.rows.length).toBeGreaterThan(3);
  });

  test('a snapshot stands still, and the next sees what came since', async () => {
    const log = recorded(season);
    const model = await models.afterLog(log.slice(0, -1));
    const { readModel } = model;
    const entries = () => readModel.snapshot(async (next) => next.journal({}, firstPage));
    const before = await entries();
    await readModel.snapshot(async (still) => {
      await applyInBatches(model, log.slice(-1), [1]);
      await expect(readModel.snapshot(() => Promise.reject(new Error('left')))).rejects.toThrow(
        'left',
      );
      expect((await entries()).rows.length).toBeGreaterThan(before.rows.length);
      expect(await still.journal({}, firstPage)).toEqual(before);
    });
    expect(await entries()).toEqual(await readModel.journal({}, firstPage));
  });

  test('the journal of a time is what was recorded in it', async () => {
    const { readModel } = await models.after(season);
    const all = (await readModel.journal({}, firstPage)).rows;
    const [first, second, third] = all.map(({ recordedAt }) => recordedAt);
    const ids = async (filter: JournalFilter) =>
      (await readModel.journal(filter, firstPage)).rows.map(({ entryId }) => entryId);
    const between = { recordedFrom: second ?? 0, recordedBefore: third ?? 0 };
    expect(new Set([first, second, third]).size).toBe(3);
    expect(await ids(between)).toEqual([all[1]?.entryId]);
    expect(await ids({ recordedFrom: second ?? 0 })).toHaveLength(all.length - 1);
  });
});

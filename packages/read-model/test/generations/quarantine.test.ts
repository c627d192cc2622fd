import type { RecordedEvent } from '@provisie/event-store';
import { expect, test } from 'vitest';
import {
  quarantinedEvents,
  rebuildBeside,
  replayQuarantine,
  UnappliableEventError,
  UnreadableEventError,
} from '../../src/index.ts';
import { click, day, order, refund, smallProgramme, visit, type Written } from '../events.ts';
import { keeping, reading } from './keeping.ts';
import { differences, eventually, logOf, onEachEngine } from './places.ts';
import { outOfTime, poisoned } from './poison.ts';

const clicks = Array.from({ length: 30 }, (_, index) =>
  visit('w', day(11, index), { ref: 'ann-link' }),
);
const sale: readonly Written[] = [
  ...smallProgramme(),
  click('v', 'ann-link', day(10)),
  ...clicks,
  order('o-1', 'c', day(12), { visitor: 'v' }),
  refund('o-1', 'r-1', day(13), 20_000),
  order('o-2', 'd', day(14), { visitor: 'w' }),
];

/** The positions of events of these types. */
async function positionsOf(
  store: { readAll(after: number): AsyncIterable<readonly RecordedEvent[]> },
  type: string,
) {
  const positions: number[] = [];
  for await (const events of store.readAll(0)) {
    positions.push(...events.filter((event) => event.type === type).map((event) => event.position));
  }
  return positions;
}

onEachEngine((engine) => {
  test('a readable event that makes the projections fail is set aside, and the rest of its batch applied', async () => {
    const { store } = await logOf(sale);
    const visits = await positionsOf(store, 'VisitRecorded');
    const orders = await positionsOf(store, 'OrderPlaced');
    const bad = [visits[10] ?? 0, visits[11] ?? 0, visits[25] ?? 0, orders[0] ?? 0];
    const asOldRelease = poisoned(store, outOfTime(...bad));
    const place = await engine.place();
    const home = await place.home();
    const live = await reading(home);
    const projector = keeping(asOldRelease, await place.home());
    await live.readable(20_000);

    const setAside = await quarantinedEvents(home);
    expect(setAside.map(({ position }) => position)).toEqual(bad);
    expect(setAside[0]?.type).toBe('VisitRecorded');
    expect(setAside[0]?.error).toContain("can't be applied");
    expect(projector.errors).toHaveLength(4);
    expect(projector.errors.every((error) => error instanceof UnappliableEventError)).toBe(true);
    expect(await live.readModel.decision('o-1')).toBeNull();
    expect((await live.readModel.decision('o-2'))?.award?.partnerId).toBe('ann');

    // Set aside again by a rebuild, so nothing differs.
    const opened = await home.open(live.generation() ?? { version: 0, build: 0 }, 'read');
    expect(await differences(opened, asOldRelease)).toEqual([]);
    await opened.close();

    // The release that copes with them.
    expect(
      await replayQuarantine({ store: asOldRelease, home }).catch((error: unknown) => error),
    ).toBeInstanceOf(UnappliableEventError);
    expect(live.generation()?.build).toBe(1);
    await projector.stop();
    keeping(store, await place.home());
    expect(await replayQuarantine({ store, home })).toMatchObject({ kind: 'replayed', events: 4 });
    await eventually(() => live.generation()?.build === 3);
    expect(await quarantinedEvents(home)).toEqual([]);
    expect((await live.readModel.decision('o-1'))?.commission?.amountCents).toBe(5000);
    const after = await home.open(live.generation() ?? { version: 0, build: 0 }, 'read');
    expect(await differences(after, store)).toEqual([]);
    await after.close();
    expect(await replayQuarantine({ store, home })).toEqual({ kind: 'nothing_set_aside' });
  });

  test('poison that comes while it follows the log stops nobody', async () => {
    const { store } = await logOf(sale.slice(0, 13));
    const home = await (await engine.place()).home();
    const live = await reading(home);
    const projector = keeping(poisoned(store, outOfTime(14)), home);
    await live.readable(20_000);
    const rest = sale.slice(13);
    for (const { stream, event } of rest) await store.append(stream, [event], 'any');
    expect(await live.readModel.waitFor(await store.head(), 20_000)).toBe(true);
    expect((await quarantinedEvents(home)).map(({ position }) => position)).toEqual([14]);
    expect((await live.readModel.decision('o-2'))?.award?.partnerId).toBe('ann');
    expect(projector.errors).toHaveLength(1);
  });

  test('an event that cannot be read keeps a rebuild and a replay from taking over, and is named', async () => {
    const { store } = await logOf(sale);
    const unreadable = poisoned(store, (event) =>
      event.position === 20 ? { ...event, data: { odd: true } } : event,
    );
    const place = await engine.place();
    const home = await place.home();
    const live = await reading(home);
    keeping(unreadable, home);
    await live.readable(20_000);
    const outcome = await replayQuarantine({ store: unreadable, home });
    const [still] = outcome.kind === 'still_unreadable' ? outcome.events : [];
    expect(still?.position).toBe(20);
    expect(still?.error).toContain("can't be read");
    await expect(rebuildBeside({ store: unreadable, home })).rejects.toThrow(UnreadableEventError);
    expect((await home.generations()).map(({ build, state }) => [build, state])).toEqual([
      [1, 'live'],
    ]);
    await rebuildBeside({ store: unreadable, home, unreadable: 'set_aside' });
    await eventually(() => live.generation()?.build === 3);
    expect((await quarantinedEvents(home)).map(({ position }) => position)).toEqual([20]);
  });
});

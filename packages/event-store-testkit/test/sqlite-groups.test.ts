import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anEvent, events, idsOf, mustBeOk, ofLog } from '../src/contract/given.ts';
import { StoreFolder, WRITING_THREADS } from '../src/sqlite-files.ts';

let folder: StoreFolder;

/** More than go into one statement, and not a multiple of it. */
const GROUP = 21;
const PLACES = [0, 1, 7, 8, 15, 16, 20];

describe.each(WRITING_THREADS)('a group that is written together on %s', (writesOn) => {
  beforeEach(() => {
    folder = new StoreFolder(writesOn);
  });

  afterEach(() => folder.remove());

  test.each(PLACES)('holds a repeat at %i, and all the others are written', async (place) => {
    const store = folder.open();
    const known = anEvent();
    const first = mustBeOk(await store.append('order-1', [known], 'any'));
    const group = events(GROUP).with(place, known);
    const results = await Promise.all(
      group.map((event) => store.append('order-1', [event], 'any')),
    );
    expect(results[place]).toEqual({ ...first, repeated: true });
    const written = results.toSpliced(place, 1).map(mustBeOk);
    expect(written.map(({ position }) => position)).toEqual(group.slice(1).map((_, n) => n + 2));
    expect(written.map(({ revision }) => revision)).toEqual(group.slice(1).map((_, n) => n + 1));
    expect(idsOf(await ofLog(store))).toEqual(idsOf([known, ...group.toSpliced(place, 1)]));
  });

  test.each(PLACES)(
    'holds an id at %i that is taken: an error of that append alone',
    async (place) => {
      const store = folder.open();
      const known = anEvent({ n: 1 });
      mustBeOk(await store.append('order-1', [known], 'any'));
      const group = events(GROUP).with(place, { ...known, data: { n: 2 } });
      const results = await Promise.allSettled(
        group.map((event, n) => store.append(`link-${n}`, [event], 'no_stream')),
      );
      expect(results[place]).toMatchObject({ reason: { code: 'event_id_reused' } });
      expect(idsOf(await ofLog(store))).toEqual(idsOf([known, ...group.toSpliced(place, 1)]));
      // The stream that it would have begun isn't there.
      mustBeOk(await store.append(`link-${place}`, events(1), 'no_stream'));
    },
  );

  test.each(PLACES)(
    'holds a long append whose event %i is there already: a conflict',
    async (place) => {
      const store = folder.open();
      const known = anEvent();
      mustBeOk(await store.append('order-1', [known], 'any'));
      const [before, after] = [events(3), events(3)];
      const long = events(GROUP).with(place, known);
      const results = await Promise.all([
        store.append('order-1', before, 0),
        store.append('order-1', long, 3),
        store.append('order-1', after, 3),
      ]);
      expect(results.map(({ ok }) => ok)).toEqual([true, false, true]);
      expect(results[1]).toMatchObject({ reason: 'conflict', actualRevision: 3 });
      expect(idsOf(await ofLog(store))).toEqual(idsOf([known, ...before, ...after]));
    },
  );

  test('knows repeats and conflicts of what stands before them in the group', async () => {
    const store = folder.open();
    const [one, two] = [anEvent(), anEvent()];
    const results = await Promise.all([
      store.append('order-1', [one], 'no_stream'),
      store.append('order-1', [one], 'no_stream'),
      store.append('order-1', [two], 'no_stream'),
      store.append('order-1', [two], 0),
      store.append('order-1', [one, two], 'any'),
    ]);
    expect(results).toEqual([
      { ok: true, revision: 0, position: 1, repeated: false },
      { ok: true, revision: 0, position: 1, repeated: true },
      { ok: false, reason: 'conflict', actualRevision: 0 },
      { ok: true, revision: 1, position: 2, repeated: false },
      { ok: true, revision: 1, position: 2, repeated: true },
    ]);
  });
});

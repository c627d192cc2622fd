import { ulid, ulidToUUID } from 'ulid';
import { describe, expect, test } from 'vitest';
import { version as uuidVersion } from 'uuid';
import { createEventIds, eventIdAt, eventIdOf } from './event-ids.ts';

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('ids of new facts', () => {
  test('are the bits of a ULID', () => {
    const randoms = [0.1, 0.9, 0.5, 0, 0.99, 0.3];
    const cycling = () => {
      let calls = 0;
      return () => randoms[calls++ % randoms.length] ?? 0;
    };
    for (const at of [1, Date.UTC(2026, 0, 1), 2 ** 48 - 1]) {
      const id = createEventIds({ now: () => at, random: cycling() })();
      expect(id).toBe(ulidToUUID(ulid(at, cycling())).toLowerCase());
    }
  });

  test('grow, within a millisecond and when the clock goes back', () => {
    const times = [5, 5, 5, 4, 6, 1];
    const next = createEventIds({ now: () => times.shift() ?? 7 });
    const ids = Array.from({ length: 200 }, next);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(pattern);
  });

  test('grow when a millisecond has no more of them', () => {
    const next = createEventIds({ now: () => 5, random: () => 0.9999 });
    const ids = Array.from({ length: 5 }, next);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(pattern);
  });

  test('of two makers differ', () => {
    const [one, other] = [createEventIds({ now: () => 5 }), createEventIds({ now: () => 5 })];
    expect(one()).not.toBe(other());
  });
});

describe('the id of a fact that may be repeated', () => {
  test('never changes', () => {
    expect(eventIdOf('a', 'b')).toBe('b8dcb51f-b02f-57d6-a3f4-57e388052bc0');
    expect(eventIdOf('a', 'b')).toMatch(pattern);
  });

  test.each([[['ab']], [['a', 'b', '']], [['b', 'a']], [['a,b']], [['a","b']]])(
    'is another one for %j',
    (key) => {
      expect(eventIdOf(...key)).not.toBe(eventIdOf('a', 'b'));
    },
  );
});

describe('the id of a fact that may be repeated and has a time', () => {
  test('never changes', () => {
    const at = Date.UTC(2026, 10, 30, 12);
    expect(eventIdAt(at, 'a', 'b')).toBe('01a22c53-8200-8b80-9689-2020a9652c12');
    expect(eventIdAt(at, 'a', 'b')).toMatch(pattern);
    expect(uuidVersion(eventIdAt(at, 'a', 'b'))).toBe(8);
  });

  test('grows with the time', () => {
    const times = [0, 1, 255, 256, Date.UTC(2026, 0, 1), 2 ** 48 - 1];
    const ids = times.map((at) => eventIdAt(at, 'a'));
    expect(ids.toSorted()).toEqual(ids);
  });

  test.each([-1, 2 ** 48, 1.5, Number.NaN])('has no time at %d', (at) => {
    expect(uuidVersion(eventIdAt(at, 'a'))).toBe(5);
    expect(eventIdAt(at, 'a')).not.toBe(eventIdAt(at, 'b'));
  });

  test('of another fact, or of another time, is another one', () => {
    const ids = [eventIdAt(7, 'a'), eventIdAt(7, 'b'), eventIdAt(8, 'a'), eventIdAt(7, 'a', '')];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

import { acknowledgedUntilKilled } from '@provisie/event-store-testkit/appending-process';
import { postgresMissing } from '@provisie/postgres-testkit';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Bench, expectSound, Follower, idsOf, ofLog, until } from './given.ts';

const appender = new URL('appender.ts', import.meta.url);
const processes = 3;
const rounds = 3;

describe.skipIf(postgresMissing() !== null)('several processes that append at once', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await Bench.empty();
  });

  afterEach(() => bench.remove());

  afterAll(() => Bench.drop());

  test('and are killed: what was acknowledged is there once, and was delivered', async () => {
    const store = await bench.open();
    const follower = bench.keep(new Follower(store));
    const acknowledged: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const killed = await Promise.all(
        Array.from({ length: processes }, (_, process) =>
          acknowledgedUntilKilled(
            appender,
            [bench.url],
            4_000 + 1_300 * (processes * round + process),
          ),
        ),
      );
      acknowledged.push(...killed.flat());
      const log = await ofLog(store);
      expectSound(log);
      const ids = new Set(idsOf(log));
      expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    }
    expect(acknowledged.length).toBeGreaterThan(rounds * processes * 100);
    const log = await ofLog(store);
    await until(() => follower.ids.length >= log.length, 'the subscription has come to the head');
    expect(follower.ids).toEqual(idsOf(log));
  }, 120_000);
});

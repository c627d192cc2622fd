import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { postgresMissing } from '@provisie/postgres-testkit';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Bench, expectSound, Follower, idsOf, ofLog, until } from './given.ts';

const appender = fileURLToPath(new URL('appender.ts', import.meta.url));
const processes = 3;
const rounds = 3;

describe.skipIf(postgresMissing() !== null)('several processes that append at once', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await Bench.empty();
  });

  afterEach(() => bench.remove());

  afterAll(() => Bench.drop());

  /** Kills it as soon as so many bytes were acknowledged: never at the same place of a transaction. */
  async function acknowledgedUntilKilled(bytes: number): Promise<string[]> {
    const child = spawn(process.execPath, [appender], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, EVENTS_URL: bench.url },
    });
    let printed = '';
    let complaints = '';
    child.stderr.on('data', (chunk) => (complaints += String(chunk)));
    child.stdout.on('data', (chunk) => {
      printed += String(chunk);
      if (printed.length >= bytes) child.kill('SIGKILL');
    });
    await once(child, 'close');
    if (child.signalCode !== 'SIGKILL') {
      throw new Error(`the appender ended by itself: ${complaints}`);
    }
    // A last line that was cut off is no acknowledgement that could be read.
    return printed.split('\n').slice(0, -1);
  }

  test('and are killed: what was acknowledged is there once, and was delivered', async () => {
    const store = await bench.open();
    const follower = bench.keep(new Follower(store));
    const acknowledged: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const killed = await Promise.all(
        Array.from({ length: processes }, (_, process) =>
          acknowledgedUntilKilled(4_000 + 1_300 * (processes * round + process)),
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

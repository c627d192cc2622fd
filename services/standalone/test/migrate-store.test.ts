import { join } from 'node:path';
import { openEventStore } from '@provisie/engines';
import { KurrentDouble } from '@provisie/event-store-testkit/kurrent';
import { createTestDatabase, postgresMissing } from '@provisie/postgres-testkit';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RecordedEvent } from '@provisie/event-store';
import { inProcess } from './in-process.ts';
import { closed, fillDataFolder, logOf, withLog } from './precious-files.ts';
import { temporaryFolder } from './temp-folder.ts';

interface Target {
  readonly address: string;
  /** The same target, from now on another log of its kind. */
  readonly keepsPositions: boolean;
}

interface TargetEngine {
  readonly name: string;
  readonly missing: string | null;
  /** To move: a store that writes each event by itself takes longer. */
  readonly events: number;
  readonly open: () => Promise<Target>;
}

const engines: readonly TargetEngine[] = [
  {
    name: 'SQLite',
    missing: null,
    events: 2_500,
    open: async () => ({
      address: `sqlite:${join(temporaryFolder(), 'moved.sqlite')}`,
      keepsPositions: true,
    }),
  },
  {
    name: 'PostgreSQL',
    missing: postgresMissing(),
    events: 2_500,
    open: async () => {
      const database = await createTestDatabase();
      onTestFinished(() => database.drop());
      return { address: database.url, keepsPositions: true };
    },
  },
  {
    name: 'KurrentDB (double)',
    missing: null,
    events: 120,
    open: async () => {
      const double = await KurrentDouble.start();
      onTestFinished(() => double.stop());
      return { address: double.connectionString, keepsPositions: false };
    },
  },
];

async function prepared(events: number) {
  const data = join(temporaryFolder(), 'data');
  await fillDataFolder(data, events);
  return {
    data,
    move: (...args: string[]) => inProcess(['--data', data, 'migrate-store', ...args]),
  };
}

async function logAt(address: string): Promise<RecordedEvent[]> {
  const store = await openEventStore(address);
  try {
    return (await Array.fromAsync(store.readAll(0))).flat();
  } finally {
    await store.close();
  }
}

const chains = (text: string) =>
  Array.from(text.matchAll(/chain of .*: (\w{64})/g), ([, hash]) => hash);

describe.each(engines.filter(({ missing }) => missing === null))(
  'moving the log to $name',
  ({ open, events }) => {
    test('copies all of it, proves both equal, and again finds nothing to do', async () => {
      const { address, keepsPositions } = await open();
      const { data, move } = await prepared(events);
      const told = new Intl.NumberFormat('en-IE').format(events);
      const first = await move('--to', address);
      expect({ stderr: first.stderr, exitCode: first.exitCode }).toMatchObject({ exitCode: 0 });
      expect(first.stdout).toContain(`${told} events copied`);
      expect(first.stdout).toContain(`read anew and are equal: ${told} events`);
      const [one, other] = chains(first.stdout);
      expect(one).toMatch(/^\w{64}$/);
      expect(other).toBe(one);
      const original = await logOf(data);
      const moved = await logAt(address);
      const placed = keepsPositions
        ? moved
        : moved.map((event, n) => Object.assign(event, { position: original[n]?.position }));
      expect(placed).toEqual(original);
      expect(first.stdout).toContain(
        keepsPositions ? 'positions are the same' : 'Delete the read model',
      );

      const again = await move('--to', address);
      expect(again.stdout).toContain(`${told} were there already and are the same; 0 events`);
    });

    test('goes on with what came after a first part, also while a process writes', async () => {
      const { address } = await open();
      const { data, move } = await prepared(60);
      await withLog(data, async (store) => {
        expect(await move('--to', address, '--online')).toMatchObject({ exitCode: 0 });
        const busy = await move('--to', address);
        expect(busy.exitCode).toBe(1);
        expect(busy.stderr).toContain('Another process writes to this data folder');
        await store.append('programme-p1', [closed(1), closed(2)], 'any');
      });
      const last = await move('--to', address);
      expect(last.stdout).toContain('60 were there already and are the same; 2 events copied');
      expect(last.stdout).toContain('equal: 62 events');
    });

    test('refuses a target that holds something else, and leaves it as it is', async () => {
      const { address } = await open();
      const { move } = await prepared(50);
      const store = await openEventStore(address);
      await store.append('programme-p0', [closed(0)], 'any');
      await store.close();
      const refused = await move('--to', address);
      expect(refused.exitCode).toBe(1);
      expect(refused.stderr).toContain(
        'The target holds something else, and was left as it is: event 1',
      );
      expect(await logAt(address)).toHaveLength(1);
    });
  },
);

test('an unequal copy is told, with the first event that differs', async () => {
  const { data, move } = await prepared(40);
  const target = join(temporaryFolder(), 'events.sqlite');
  expect(await move('--to', `sqlite:${target}`)).toMatchObject({ exitCode: 0 });
  const other = join(temporaryFolder(), 'data');
  await fillDataFolder(other, 40);
  const refused = await inProcess(['--data', other, 'migrate-store', '--to', `sqlite:${target}`]);
  expect(refused.stderr).toMatch(/event 1 differs in its id .*position 1/);
  const itself = await move('--to', `sqlite:${join(data, 'events.sqlite')}`);
  expect(itself.stderr).toContain('the same store');
});

if (postgresMissing() !== null) console.log(`skipped moving to PostgreSQL: ${postgresMissing()}`);

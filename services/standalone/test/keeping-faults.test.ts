import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { inProcess } from './in-process.ts';
import { fillDataFolder, logOf } from './precious-files.ts';
import { temporaryFolder } from './temp-folder.ts';

const CLI = join(import.meta.dirname, '../src/cli.ts');
const busyLog = fileURLToPath(new URL('busy-log.ts', import.meta.url));
const ok = { exitCode: 0 };
const LONG = { timeout: 30_000, interval: 5 };

/** Starts a command and kills it as soon as `isUnderWay` says so. */
async function killed(args: readonly string[], isUnderWay: () => boolean): Promise<void> {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text) => (said += String(text)));
  const closed = once(child, 'close');
  await vi.waitFor(() => {
    if (child.exitCode !== null) throw new Error(`it ended by itself: ${said}`);
    expect(isUnderWay()).toBe(true);
  }, LONG);
  child.kill('SIGKILL');
  await closed;
  expect(child.signalCode).toBe('SIGKILL');
}

async function prepared(events: number) {
  const root = temporaryFolder();
  const data = join(root, 'data');
  await fillDataFolder(data, events);
  return { data, at: (...names: string[]) => join(root, ...names) };
}

function names(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** Of the file of that name in an unfinished folder within this one; 0 when there is none. */
function unfinishedBytes(folder: string, file: string): number {
  const unfinished = names(folder).find((name) => name.includes('.unfinished-'));
  const path = join(folder, unfinished ?? 'none', file);
  return existsSync(path) ? statSync(path).size : 0;
}

function eventsAt(file: string): number {
  if (!existsSync(file)) return 0;
  try {
    const store = openSqliteEventStore({ file, readOnly: true });
    const count = store.readBatch(0, { batchSize: 100_000 }).length;
    void store.close();
    return count;
  } catch {
    // Not set up yet.
    return 0;
  }
}

test('a backup that is killed never looks whole, and the next one is', async () => {
  const { data, at } = await prepared(7_000);
  const backup = ['--data', data, 'backup', at('b'), '--megabytes-per-second'];
  await killed([...backup, '0.5'], () => unfinishedBytes(at('b'), 'events.sqlite') > 0);
  expect(names(at('b'))).toEqual([expect.stringMatching(/^\.events\.unfinished-/)]);
  const nothing = await inProcess(['restore', at('b'), '--to', at('new')]);
  expect(nothing.stderr).toContain('There is no backup in');
  expect(await inProcess([...backup, '500'])).toMatchObject(ok);
  expect(names(at('b')).toSorted()).toEqual(['events', 'vault']);
  expect(await inProcess(['check', at('b')])).toMatchObject(ok);
}, 120_000);

test('a restore that is killed leaves no data folder that a server would take, and can be made again', async () => {
  const { data, at } = await prepared(7_000);
  await inProcess(['--data', data, 'backup', at('b')]);
  const restore = ['restore', at('b'), '--to', at('new'), '--until', '6999'];
  await killed(restore, () => unfinishedBytes(at('new'), 'events.sqlite-wal') > 300_000);
  expect(names(at('new'))).toEqual([expect.stringMatching(/^\.restore\.unfinished-/)]);
  expect(await inProcess(restore)).toMatchObject(ok);
  expect(names(at('new')).toSorted()).toEqual(['events.sqlite', 'vault.sqlite']);
  expect(await logOf(at('new'))).toEqual((await logOf(data)).slice(0, 6_999));
}, 120_000);

test('a move that is killed again and again goes on, and ends with the proof', async () => {
  const { data, at } = await prepared(7_000);
  const target = at('moved.sqlite');
  const move = ['--data', data, 'migrate-store', '--to', `sqlite:${target}`];
  for (const beyond of [1, 2_500]) {
    await killed(move, () => eventsAt(target) > beyond);
    expect(eventsAt(target)).toBeLessThan(7_000);
  }
  const last = await inProcess(move);
  expect(last).toMatchObject(ok);
  expect(last.stdout).toMatch(/[\d,]+ were there already and are the same; [\d,]+ events copied/);
  expect(last.stdout).toContain('equal: 7,000 events');
  expect(await inProcess(['check', target])).toMatchObject(ok);
}, 120_000);

test('a backup on a full disk says so, leaves nothing, and the log is as it was', async () => {
  const { data, at } = await prepared(5_000);
  const before = await logOf(data);
  const limited = spawn(
    'sh',
    [
      '-c',
      'ulimit -S -f 400; exec "$0" "$@"',
      process.execPath,
      CLI,
      '--data',
      data,
      'backup',
      at('b'),
    ],
    {
      env: { PATH: process.env['PATH'] ?? '', NODE_DISABLE_COMPILE_CACHE: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  limited.stderr.on('data', (text) => (said += String(text)));
  await once(limited, 'close');
  expect(limited.exitCode).toBe(1);
  expect(said).toContain('could not be written: the disk or its quota is most likely full');
  expect(names(at('b'))).toEqual([]);
  expect(await logOf(data)).toEqual(before);
}, 60_000);

test('a backup under load holds up nobody, and has everything acknowledged before it began', async () => {
  const { data, at } = await prepared(7_000);
  const busy = spawn(process.execPath, [busyLog, join(data, 'events.sqlite')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void busy.kill('SIGKILL'));
  const acknowledged: { id: string; ms: number }[] = [];
  busy.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.trimEnd().split('\n')) {
      const [id = '', ms] = line.split(' ');
      acknowledged.push({ id, ms: Number(ms) });
    }
  });
  await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(300), LONG);
  const before = acknowledged.slice();
  const backup = await inProcess([
    '--data',
    data,
    'backup',
    at('b'),
    '--megabytes-per-second',
    '2',
  ]);
  const during = acknowledged.slice(before.length);
  expect(backup).toMatchObject(ok);
  busy.kill('SIGKILL');
  await once(busy, 'close');

  expect(await inProcess(['restore', at('b'), '--to', at('new')])).toMatchObject(ok);
  expect(await inProcess(['--data', at('new'), 'check'])).toMatchObject(ok);
  const restored = new Set((await logOf(at('new'))).map(({ id }) => id));
  expect(before.filter(({ id }) => !restored.has(id))).toEqual([]);
  expect(during.length).toBeGreaterThan(0);
  console.log(
    `append latency before: ${percentiles(before)}; during a backup: ${percentiles(during)}`,
  );
}, 120_000);

function percentiles(list: readonly { readonly ms: number }[]): string {
  const sorted = list.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? sorted.at(-1) ?? 0;
  return `${list.length} appends, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${sorted.at(-1) ?? 0} ms`;
}

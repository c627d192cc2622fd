import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteVault } from '@provisie/privacy/sqlite';
import { describe, expect, test } from 'vitest';
import { closed, fact, fillDataFolder, logOf, withLog } from './precious-files.ts';
import { inProcess } from './in-process.ts';
import { provisie, serverProcess } from './process.ts';
import { temporaryFolder } from './temp-folder.ts';

const ok = { exitCode: 0 };

/** A data folder `data` and room for backups. */
async function prepared(events = 120) {
  const root = temporaryFolder();
  const data = join(root, 'data');
  await fillDataFolder(data, events);
  const run = (...args: string[]) => inProcess(['--data', data, ...args]);
  return { root, data, run, at: (...names: string[]) => join(root, ...names) };
}

describe('a backup', () => {
  test('holds the log and the vault apart, readable by their owner only', async () => {
    const { data, run, at } = await prepared();
    const backup = await run('backup', at('b'));
    expect(backup).toMatchObject(ok);
    expect(backup.stdout).toContain('120 events, to position 120');
    expect(backup.stdout).toMatch(/Keep .* apart/);
    expect(readdirSync(at('b')).toSorted()).toEqual(['events', 'vault']);
    expect(readdirSync(at('b', 'events')).toSorted()).toEqual(['events.sqlite', 'manifest.json']);
    for (const part of ['events', 'vault']) {
      for (const name of readdirSync(at('b', part))) {
        expect(statSync(at('b', part, name)).mode & 0o777).toBe(0o600);
      }
    }
    expect(await logOf(at('b', 'events'))).toEqual(await logOf(data));
    expect(await run('check', at('b'))).toMatchObject(ok);
  });

  test('of one part', async () => {
    const { run, at } = await prepared();
    expect(await run('backup', at('e'), '--only', 'events')).toMatchObject(ok);
    expect(await run('backup', at('v'), '--only', 'vault')).toMatchObject(ok);
    expect([...readdirSync(at('e')), ...readdirSync(at('v'))]).toEqual(['events', 'vault']);
  });

  test('is never written over another', async () => {
    const { run, at } = await prepared();
    expect(await run('backup', at('b'))).toMatchObject(ok);
    const again = await run('backup', at('b'));
    expect(again.exitCode).toBe(1);
    expect(again.stderr).toContain('is there already, and a backup is never written over');
  });

  test('of a damaged log is refused, and leaves nothing that looks like one', async () => {
    const { data, run, at } = await prepared(1000);
    const handle = readFileSync(join(data, 'events.sqlite'));
    handle.fill(0, 40 * 4096, 44 * 4096);
    writeFileSync(join(data, 'events.sqlite'), handle);
    const backup = await run('backup', at('b'));
    expect(backup.exitCode).toBe(1);
    expect(backup.stderr).toContain('is not in order, so no backup was made of it');
    expect(readdirSync(at('b'))).toEqual([]);
  });

  test.each([
    [['--only', 'both'], '--only must be events or vault'],
    [['--megabytes-per-second', '0'], '--megabytes-per-second must be a number above 0'],
    [['--since', 'nowhere'], 'There is no backup of a log in nowhere'],
  ])('%j is refused by name', async (args, expected) => {
    const { run, at } = await prepared(1);
    const { exitCode, stderr } = await run('backup', at('b'), ...args);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(expected);
  });
});

describe('an increment', () => {
  test('holds what came after, and restores with what it goes on from', async () => {
    const { data, run, at } = await prepared();
    expect(await run('backup', at('whole'))).toMatchObject(ok);
    await fillDataFolder(data, 30, Date.UTC(2026, 1, 1));
    expect(await run('backup', at('one'), '--since', at('whole'))).toMatchObject(ok);
    expect(await run('backup', at('none'), '--since', at('one'))).toMatchObject(ok);
    await fillDataFolder(data, 7, Date.UTC(2026, 2, 1));
    const last = await run('backup', at('two'), '--since', at('none'), '--only', 'events');
    expect(last.stdout).toContain('7 events after position 150, to position 157');
    const restore = await run(
      'restore',
      at('two'),
      at('whole'),
      at('none'),
      at('one'),
      '--to',
      at('new'),
    );
    expect(restore).toMatchObject(ok);
    expect(await logOf(at('new'))).toEqual(await logOf(data));

    const gap = await run('restore', at('whole'), at('two'), '--to', at('gap'));
    expect(gap.exitCode).toBe(1);
    expect(gap.stderr).toContain('one between them is missing');
    const alone = await run('restore', at('one'), '--to', at('gap'));
    expect(alone.stderr).toContain('only what came after another one');
    expect(existsSync(at('gap'))).toBe(false);
  });

  test('restores whatever text visitors left, also what other programs take for the end of a line', async () => {
    const { data, run, at } = await prepared();
    expect(await run('backup', at('whole'))).toMatchObject(ok);
    const ends = ['\u2028', '\u2029', '\u0085', '\v', '\f', '\r', '\r\n'];
    await withLog(data, (store) =>
      store.append(
        'programme-p1',
        ends.map((end) => fact('ProgrammeClosed', { programmeId: 'p1', note: `one${end}two` })),
        'any',
      ),
    );
    expect(await run('backup', at('one'), '--since', at('whole'))).toMatchObject(ok);
    expect(await run('restore', at('whole'), at('one'), '--to', at('new'))).toMatchObject(ok);
    expect(await logOf(at('new'))).toEqual(await logOf(data));
  });

  test('is refused when the log is another than the one backed up', async () => {
    const { run, at } = await prepared();
    const other = await prepared();
    expect(await run('backup', at('whole'))).toMatchObject(ok);
    const since = await other.run('backup', other.at('b'), '--since', at('whole'));
    expect(since.exitCode).toBe(1);
    expect(since.stderr).toContain('it is another log');
  });
});

describe('a restore', () => {
  test('makes a data folder that is what was backed up', async () => {
    const { data, run, at } = await prepared();
    await run('backup', at('b'));
    const restore = await run('restore', at('b'), '--to', at('new'));
    expect(restore).toMatchObject(ok);
    expect(restore.stdout).toContain('120 events, to position 120');
    expect(restore.stdout).toContain(`provisie --data ${at('new')} rebuild`);
    expect(readdirSync(at('new')).toSorted()).toEqual(['events.sqlite', 'vault.sqlite']);
    expect(await logOf(at('new'))).toEqual(await logOf(data));
    const vaults = [data, at('new')].map((folder) => openSqliteVault(join(folder, 'vault.sqlite')));
    const [before, after] = await Promise.all(vaults.map((vault) => vault.secret('customer-keys')));
    for (const vault of vaults) vault.close();
    expect(after).toEqual(before);
    expect(await inProcess(['--data', at('new'), 'check'])).toMatchObject(ok);
    // Appends go on after it.
    await withLog(at('new'), (store) => store.append('programme-p1', [closed(1)], 'any'));
    expect((await logOf(at('new'))).at(-1)?.position).toBe(121);
  });

  test('to a position or a moment, and says what is left out', async () => {
    const { data, run, at } = await prepared(100);
    await addMonth(data);
    await run('backup', at('b'));
    const log = await logOf(data);
    const moment = new Date(log[99]?.recordedAt ?? 0).toISOString();
    for (const [name, until] of [
      ['p', '100'],
      ['m', moment],
    ] as const) {
      const restore = await run('restore', at('b'), '--to', at(name), '--until', until);
      expect(restore).toMatchObject(ok);
      expect(await logOf(at(name))).toEqual(log.slice(0, 100));
      expect(restore.stdout).toContain('Left out: 6 events, positions 101 to 106');
      expect(restore.stdout).toContain('MONEY MAY HAVE LEFT THE ACCOUNT');
      expect(restore.stdout).toMatch(
        /run-1 .* PAYMENT FILE 1 made: 1 payments, 121\.00, for 2026-04-02/,
      );
      expect(restore.stdout).toContain('woonblog-0001 (woonblog)');
      expect(restore.stdout).toMatch(/AccessKeyRevoked +1 +these keys are valid again/);
      expect(await inProcess(['--data', at(name), 'check'])).toMatchObject(ok);
    }
    const all = await run('restore', at('b'), '--to', at('all'), '--until', '999');
    expect(all.stdout).toContain('Nothing of the backup lies after that point.');
    expect(await logOf(at('all'))).toEqual(log);
  });

  test('to a position within what was written at once takes all of it', async () => {
    const { data, run, at } = await prepared(10);
    await withLog(data, async (store) => {
      await store.append('programme-p1', [closed(1), closed(2), closed(3)], 'any');
      return store.append('programme-p2', [closed(4)], 'any');
    });
    await run('backup', at('b'));
    const restore = await run('restore', at('b'), '--to', at('new'), '--until', '11');
    expect(restore).toMatchObject(ok);
    const positions = (await logOf(at('new'))).map(({ position }) => position);
    expect(positions.length).toBeGreaterThanOrEqual(13);
  });

  test('only into an empty folder', async () => {
    const { data, run, at } = await prepared();
    await run('backup', at('b'));
    const before = await logOf(data);
    const { exitCode, stderr } = await run('restore', at('b'), '--to', data);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('is not empty (events.sqlite');
    expect(await logOf(data)).toEqual(before);
  });

  test('without its vault is refused, because a server would make a new one', async () => {
    const { run, at } = await prepared();
    await run('backup', at('e'), '--only', 'events');
    await run('backup', at('v'), '--only', 'vault');
    const refused = await run('restore', at('e'), '--to', at('new'));
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('There is no vault in these backups');
    expect(await run('restore', at('e'), at('v'), '--to', at('new'))).toMatchObject(ok);
    expect(await run('restore', at('e'), '--only', 'events', '--to', at('log'))).toMatchObject(ok);
    expect(readdirSync(at('log'))).toEqual(['events.sqlite']);
  });

  test.each([
    ['events/events.sqlite', 'is not as it was backed up'],
    ['vault/vault.sqlite', 'is not as it was backed up'],
    ['events/manifest.json', 'is no manifest of a backup'],
  ])('of a backup whose %s changed is refused, and leaves nothing', async (name, expected) => {
    const { run, at } = await prepared();
    await run('backup', at('b'));
    const bytes = readFileSync(at('b', name));
    bytes[bytes.length - 5] = 0x58;
    writeFileSync(at('b', name), bytes);
    for (const command of [
      ['restore', at('b'), '--to', at('new')],
      ['restore', at('b'), '--to', at('new'), '--until', '5'],
      ['check', at('b')],
    ]) {
      const { exitCode, stderr } = await run(...command);
      expect(exitCode).toBe(1);
      expect(stderr).toContain(expected);
    }
    expect(existsSync(at('new', 'events.sqlite'))).toBe(false);
  });

  test.each(['yesterday', '2026-03-31', '2026-03-31T22:00:00', '0', '-4'])(
    '--until %s is refused',
    async (until) => {
      const { run, at } = await prepared(1);
      await run('backup', at('b'));
      const { exitCode, stderr } = await run(
        'restore',
        at('b'),
        '--to',
        at('n'),
        `--until=${until}`,
      );
      expect(exitCode).toBe(1);
      expect(stderr).toContain('--until must be a position');
    },
  );
});

describe('a log without its vault', () => {
  const none = /^There is no vault at .*, and under the keys of a new one every customer/;

  async function logAlone() {
    const folders = await prepared();
    rmSync(join(folders.data, 'vault.sqlite'));
    return folders;
  }

  test.each([
    ['serve', []],
    ['import', ['orders', join(import.meta.dirname, '../../../examples/shop-orders.csv')]],
  ])('is not gone on with by %s', async (command, args) => {
    const { data } = await logAlone();
    const before = await logOf(data);
    const run = await provisie(['--data', data, command, ...args], { PORT: '0' });
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toMatch(none);
    expect(existsSync(join(data, 'vault.sqlite'))).toBe(false);
    expect(await logOf(data)).toEqual(before);
  });

  test('is gone on with under new keys when somebody says so by an empty file', async () => {
    const { data } = await logAlone();
    writeFileSync(join(data, 'vault.sqlite'), '');
    const server = await serverProcess(data);
    expect(await server.stop('SIGTERM')).toMatchObject(ok);
  });
});

describe('a check', () => {
  test('of the data folder, while a process writes to it', async () => {
    const { data, run } = await prepared();
    const check = await withLog(data, () => run('check'));
    expect(check).toMatchObject(ok);
    expect(check.stdout).toContain('120 events, to position 120: in order');
  });

  test('against a backup shows whether the log only grew', async () => {
    const { data, run, at } = await prepared();
    await run('backup', at('b'), '--only', 'events');
    await fillDataFolder(data, 5, Date.UTC(2026, 3, 1));
    const grown = await run('check', '--against', at('b'));
    expect(grown).toMatchObject(ok);
    expect(grown.stdout).toContain('its first 120 events are those that were backed up');
    const other = await prepared(130);
    const { exitCode, stdout } = await other.run('check', '--against', at('b'));
    expect(exitCode).toBe(1);
    expect(stdout).toContain('the first 120 events are not those that were backed up');
  });

  test('of a damaged file says where, and rescues with a backup what is after it', async () => {
    const { data, run, at } = await prepared(1000);
    await run('backup', at('b'), '--only', 'events');
    await fillDataFolder(data, 20, Date.UTC(2026, 3, 1));
    const log = await logOf(data);
    const bytes = readFileSync(join(data, 'events.sqlite'));
    bytes.fill(0, 40 * 4096, 44 * 4096);
    writeFileSync(join(data, 'events.sqlite'), bytes);
    const check = await run('check');
    expect(check.exitCode).toBe(1);
    expect(check.stdout).toMatch(/unreadable .*can't be read/);
    expect(check.stderr).toContain('--rescue');
    const rescue = await run('check', '--rescue', at('events.sqlite'), '--with', at('b'));
    expect(rescue).toMatchObject(ok);
    expect(rescue.stdout).toContain('20 events are from the damaged file');
    expect(await logOf(at())).toEqual(log);
    const alone = await run('check', '--rescue', at('alone.sqlite'));
    expect(alone.stdout).toMatch(/It ends there: Position \d+ can't be read/);
    expect(await run('check', at('alone.sqlite'))).toMatchObject(ok);
  });
});

/** A key revoked, a run approved and exported, a document issued: what must not be forgotten. */
async function addMonth(folder: string): Promise<void> {
  let now = Date.UTC(2026, 3, 1);
  const runId = 'run-1';
  const totals = { payouts: 1, netCents: 10_000, vatCents: 2_100, totalCents: 12_100 };
  const line = { programmeId: 'p1', programmeName: 'P', orders: 1, netCents: 10_000 };
  const vat = { treatment: 'standard', rateBps: 2_100 };
  await withLog(
    folder,
    async (store) => {
      const add = (stream: string, type: string, data: object) =>
        store.append(stream, [fact(type, data)], 'any');
      await add('accesskey-k1', 'AccessKeyRevoked', { keyId: 'k-1' });
      await add('payout-runs', 'PayoutRunOpened', {
        runId,
        currency: 'EUR',
        cutOff: now,
        partnerIds: null,
        parts: 1,
        ...totals,
        fingerprint: 'a'.repeat(64),
        approvedBy: 'k-1',
        approvalsRequired: 1,
      });
      await add('payouts-woonblog', 'DocumentIssued', {
        documentId: 'd'.repeat(32),
        number: 'woonblog-0001',
        kind: 'self_billing_invoice',
        about: 'commissions',
        partnerId: 'woonblog',
        payoutId: 'pay-1',
        currency: 'EUR',
        language: 'nl',
        issueDate: '2026-04-01',
        periodEnd: '2026-03-31',
        corrects: [],
        lines: [{ ...line, ...vat }],
        vat: [{ ...vat, netCents: 10_000, vatCents: 2_100 }],
        netCents: 10_000,
        vatCents: 2_100,
        totalCents: 12_100,
        parties: { keyId: 'k', iv: 'aaaa', ciphertext: 'aaaa' },
      });
      await add('payout-runs', 'PayoutRunClosed', {
        runId,
        outcome: 'scheduled',
        ...totals,
        skipped: 0,
      });
      await add('payoutrun-run-1', 'PayoutRunExported', {
        runId,
        attempt: 1,
        executionDate: '2026-04-02',
        payouts: 1,
        totalCents: 12_100,
      });
      await add('payouts-woonblog', 'PayoutPaid', { payoutId: 'pay-1', partnerId: 'woonblog' });
    },
    () => (now += 1000),
  );
}

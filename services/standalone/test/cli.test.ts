import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { createEventIds } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { provisie, provisieUnread, serverProcess } from './process.ts';
import { temporaryFolder } from './temp-folder.ts';

const HEADER = 'order_id,placed_at,customer_email,currency,net_amount,completed_at';
const GOOD = [
  'web-1,2026-03-01T09:30:00Z,a@post.example,EUR,795.00,2026-03-04T10:00:00Z',
  'web-2,2026-03-02T09:30:00Z,b@post.example,EUR,645.50,',
];
const BAD = 'web-3,yesterday,c@post.example,EUR,"1,00",';

function ordersFile(folder: string, rows: readonly string[]): string {
  const file = join(folder, 'orders.csv');
  writeFileSync(file, [HEADER, ...rows].join('\n'));
  return file;
}

describe('a mistake is one clear message, exit code 1, and no stack', () => {
  test.each<[string, readonly string[], string]>([
    ['an unknown command', ['pay'], "unknown command 'pay'"],
    ['a folder without data', ['verify'], 'There is no data in'],
    ['orders for no folder', ['import', 'orders', 'missing.csv'], 'There is no data in'],
    ['a key without a scope', ['keys', 'issue', '--label', 'x'], "option '--scope"],
  ])('%s', async (_, args, message) => {
    const { exitCode, stdout, stderr } = await provisie(['--data', temporaryFolder(), ...args]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(message);
    expect(stdout + stderr).not.toMatch(/^\s+at .*:\d+/m);
  });

  test('every mistake of the environment at once', async () => {
    const { exitCode, stderr } = await provisie(['serve'], { PORT: 'x', PROVISIE_LOG_LEVEL: 'y' });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/The configuration is wrong:\n {2}PORT .*\n {2}PROVISIE_LOG_LEVEL /);
  });

  test('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const { exitCode, stderr } = await provisie(['--data', temporaryFolder(), 'serve'], {
      PORT: port,
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`Can't listen on 127.0.0.1:${port}: another program listens`);
  });
});

test('an output that is closed early is no failure', async () => {
  expect(await provisieUnread(['--help'])).toEqual({ exitCode: 0, stderr: '' });
});

test('orders are imported, verified and explained', async () => {
  const folder = temporaryFolder();
  const run = (...args: readonly string[]) => provisie(['--data', folder, ...args]);
  await (await serverProcess(folder)).stop('SIGTERM');

  const missing = await run('import', 'orders', join(folder, 'missing.csv'));
  expect(missing).toMatchObject({ exitCode: 1 });
  expect(missing.stderr).toMatch(/^There is no file .*missing\.csv\.$/m);

  const refused = await run('import', 'orders', ordersFile(folder, [...GOOD, BAD]));
  expect(refused.exitCode).toBe(1);
  expect(refused.stdout).toContain('line 4, column placed_at: "yesterday" is not a moment');
  expect(refused.stdout).toContain('line 4, column net_amount: "1,00" is not an amount');
  expect(refused.stderr).toContain('Nothing was imported: 1 of 3 rows');

  const file = ordersFile(folder, [...GOOD, BAD]);
  const first = await run('import', 'orders', '--skip-bad-rows', file);
  expect(first.exitCode).toBe(0);
  expect(first.stdout).toMatch(/2 {2}orders recorded[^]*1 {2}rows left out/);

  const again = await run('import', 'orders', ordersFile(folder, GOOD));
  expect(again.stdout).toMatch(/0 {2}orders recorded[^]*2 {2}orders that were recorded before/);

  const changed = GOOD.map((row) => row.replace('645.50', '600.00'));
  const contradicted = await run('import', 'orders', ordersFile(folder, changed));
  expect(contradicted.exitCode).toBe(1);
  expect(contradicted.stdout).toContain('line 3, order web-2: /lines/0/amountCents');

  for (const name of readdirSync(folder)) {
    if (name.startsWith('read-model')) rmSync(join(folder, name));
  }
  const unbuilt = await run('explain', 'web-1');
  expect(unbuilt.exitCode).toBe(1);
  expect(unbuilt.stderr).toContain('There is no read model yet. Make it with `provisie rebuild`');
  const rebuilt = await run('rebuild');
  expect(rebuilt).toMatchObject({ exitCode: 0 });
  expect(rebuilt.stdout).toMatch(/^Rebuilt .* from the log: 4 positions in/);

  const verified = await run('verify');
  expect(verified).toMatchObject({ exitCode: 0 });
  expect(verified.stdout).toMatch(/^orders\s+2\s+2\s+equal$/m);
  expect(verified.stdout).toContain('Equal up to position 4, and the ledger balances.');

  const explained = await run('explain', 'web-2');
  expect(explained.stdout).toContain('Order web-2 was placed at 2026-03-02T09:30:00.000Z');
  expect(await run('explain', 'web-9')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('There is no decision on an order web-9.') as unknown,
  });
});

test('beside a running server what reads works, and what writes says why it does not', async () => {
  const folder = temporaryFolder();
  const run = (...args: readonly string[]) => provisie(['--data', folder, ...args]);
  const server = await serverProcess(folder);
  const key = server.firstAdminKey ?? '';
  expect(key).toMatch(/^pv_live_/);

  const page = await fetch(server.url);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('/reference')]);
  const paths = ['/reference', '/livez', '/readyz', '/metrics', '/t.js', '/openapi.json'];
  for (const path of paths) {
    const { status } = await fetch(`${server.url}${path}`);
    expect(`${path} ${String(status)}`).toBe(`${path} 200`);
  }

  expect(await run('verify')).toMatchObject({ exitCode: 0 });
  const log = join(folder, 'access.log');
  writeFileSync(
    log,
    '192.0.2.7 - - [03/Jul/2026:14:05:59 +0200] "GET /r/none HTTP/2.0" 404 0 "-" "x"\nnonsense\n',
  );
  const counted = await run('import', 'access-log', '--dry-run', log);
  expect(counted).toMatchObject({ exitCode: 0 });
  expect(counted.stdout).toMatch(
    /1 {2}a code that no link has\n +1 {2}not readable[^]*line 2 is not in/,
  );
  const listed = await run('keys', 'list');
  expect(listed.stdout).toContain('First admin key');
  expect(await run('rebuild')).toMatchObject({ exitCode: 0 });
  for (const [args, said] of [
    [['import', 'orders', ordersFile(folder, GOOD)], 'then try again.'],
    [['import', 'access-log', log], 'then try again.'],
    [['keys', 'revoke', 'first-admin'], '`DELETE /v1/keys/first-admin`'],
  ] as const) {
    const { exitCode, stderr } = await run(...args);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Another process writes to this data folder');
    expect(stderr).toContain(said);
  }
  expect(await server.stop('SIGTERM')).toMatchObject({ exitCode: 0 });

  const second = await serverProcess(folder);
  expect(second.firstAdminKey).toBeNull();
  const headers = { authorization: `Bearer ${key}` };
  expect((await fetch(`${second.url}/v1/partners`, { headers })).status).toBe(200);
  expect(await second.stop('SIGINT')).toMatchObject({ exitCode: 0 });

  const issued = await run('keys', 'issue', '--scope', 'finance', '--label', 'Bookkeeping');
  expect(issued.stdout).toMatch(/\(finance\)[^]*pv_live_/);
  expect((await run('keys', 'revoke', 'first-admin')).stdout).toContain('is revoked');
  expect((await run('keys', 'list')).stdout).toMatch(/^first-admin .*\d{4}-\d\d-\d\d +\d{4}-/m);
});

test('where no admin key is left, one is issued on the machine', async () => {
  const folder = temporaryFolder();
  const run = (...args: readonly string[]) => provisie(['--data', folder, ...args]);
  await (await serverProcess(folder)).stop('SIGTERM');
  await run('keys', 'revoke', 'first-admin');
  const issued = await run('keys', 'issue', '--scope', 'admin', '--label', 'Found again');
  const secret = /pv_live_\S+/.exec(issued.stdout)?.[0] ?? '';
  const server = await serverProcess(folder);
  expect(server.firstAdminKey).toBeNull();
  const headers = { authorization: `Bearer ${secret}` };
  expect((await fetch(`${server.url}/v1/keys`, { headers })).status).toBe(200);
  await server.stop('SIGTERM');
});

test('a start warns of a log that a clock left ahead', async () => {
  const folder = temporaryFolder();
  await (await serverProcess(folder)).stop('SIGTERM');
  const ahead = Date.now() + 86_400_000;
  const store = openSqliteEventStore({ file: join(folder, 'events.sqlite'), clock: () => ahead });
  const id = createEventIds()();
  const noted = { id, type: 'RequestChangedNothing', version: 1, occurredAt: 0, data: {} };
  await store.append('partner-anna', [noted], 'no_stream');
  await store.close();
  const server = await serverProcess(folder);
  expect(await (await fetch(`${server.url}/metrics`)).text()).toMatch(
    /^provisie_log_ahead_seconds 86\d{3}\./m,
  );
  const { stderr } = await server.stop('SIGTERM');
  expect(stderr).toContain('the last event of the log was recorded later than it is now');
  expect(stderr).toContain(new Date(ahead).toISOString().slice(0, -4));
});

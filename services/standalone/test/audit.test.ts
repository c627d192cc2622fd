import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { openSqliteReadModelHome, rebuildBeside } from '@provisie/read-model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { exportAudit } from '../src/audit/export-audit.ts';
import { AUDIT_FILES, manifestSchema } from '../src/audit/manifest.ts';
import { openFinanceOffice, type FinanceOffice } from './finance-office.ts';
import { provisie } from './process.ts';
import { temporaryFolder } from './temp-folder.ts';

let office: FinanceOffice;
let folder = '';
const at = (name: string) => join(folder, name);
const audit = (...args: string[]) => provisie(['--data', folder, 'audit', ...args]);
const textIn = (name: string, file: string) => readFileSync(join(at(name), file), 'utf8');
const manifestIn = (name: string) =>
  manifestSchema.parse(JSON.parse(textIn(name, 'manifest.json')));

/** Until the read model has what is in the log. */
const caughtUp = () => office.api('GET /v1/payout-preview');

/** A month that was paid, exported as `first`; then a further order, exported as `second`. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'provisie-audit-'));
  office = await openFinanceOffice(folder);
  const approved = await office.payouts(['approve', '--yes']);
  const runId = String(/run-[0-9a-f]+/.exec(approved.stdout)?.[0]);
  await office.api(`POST /v1/payout-runs/${runId}/export`, {});
  await office.api(`POST /v1/payout-runs/${runId}/confirm`, { totalCents: 34_200 });
  await caughtUp();
  await audit(at('first'));
  await office.sell('web-9', 'woonblog', 50_000);
  await caughtUp();
  await audit(at('second'));
});
afterAll(async () => {
  await office.server.stop('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

/** The cells of a CSV file by row, without its header; no cell here has a comma. */
const rowsOf = (text: string) =>
  text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((row) => row.split(','));
const cents = (cell: string | undefined) => Math.round(Number(cell === '' ? 0 : cell) * 100);
const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0);

describe('an export', () => {
  test('holds every file, as its manifest says, and nothing beside', async () => {
    expect(readdirSync(at('first')).sort()).toEqual([...AUDIT_FILES, 'manifest.json'].sort());
    const { files, log, readModel } = manifestIn('first');
    for (const name of AUDIT_FILES) {
      const bytes = readFileSync(join(at('first'), name));
      expect([name, files[name].bytes, files[name].sha256]).toEqual([
        name,
        bytes.length,
        createHash('sha256').update(bytes).digest('hex'),
      ]);
    }
    expect(log.exportedPosition).toBe(readModel.position);
    expect(log.headPosition).toBe(readModel.position);
    expect(readModel.unreadableEvents).toBe(0);
    const checked = await audit(at('first'), '--check');
    expect(checked).toMatchObject({ exitCode: 0, stderr: '' });
    expect(checked.stdout).toContain('All of it is as exported at');
    expect(readdirSync(folder).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  test('tells of events, decisions, payouts and papers, and the books balance', () => {
    const { files, log } = manifestIn('first');
    const events = textIn('first', 'events.jsonl').trimEnd().split('\n');
    expect(events).toHaveLength(log.events);
    expect(JSON.parse(events[0] ?? '')).toMatchObject({ position: 1, revision: 0 });
    const orders = textIn('first', 'decisions.jsonl').trimEnd().split('\n');
    const decision = z.object({ orderId: z.string() });
    expect(orders.map((line) => decision.parse(JSON.parse(line)).orderId)).toEqual([
      'web-1',
      'web-2',
      'web-3',
      'web-4',
    ]);
    const payouts = rowsOf(textIn('first', 'payouts.csv'));
    expect(new Map(payouts.map(([, , partnerId, status]) => [partnerId, status]))).toEqual(
      new Map([
        ['bouwtips', 'paid'],
        ['woonblog', 'paid'],
      ]),
    );
    expect(payouts.map((row) => row.slice(9, 12))).toEqual([
      ['', '', ''],
      ['', '', ''],
    ]);
    expect(textIn('first', 'documents.csv')).toMatch(/^bouwtips-0001,self_billing_invoice,/m);
    expect(rowsOf(textIn('first', 'commissions.csv')).map((row) => row[12])).toEqual(
      expect.arrayContaining(['paid', 'payable']) as unknown,
    );
    const journal = rowsOf(textIn('first', 'journal.csv'));
    expect(journal).toHaveLength(files['journal.csv'].rows ?? 0);
    const debit = sum(journal.map((row) => cents(row[8])));
    expect(debit).toBeGreaterThan(34_200);
    expect(sum(journal.map((row) => cents(row[9])))).toBe(debit);
    const balances = rowsOf(textIn('first', 'trial-balance.csv'));
    expect(sum(balances.map((row) => cents(row[4])))).toBe(0);
    expect(balances).toContainEqual(['EUR', 'bank', '0.00', '342.00', '-342.00']);
  });

  test('names nobody and no account', () => {
    const all = [...AUDIT_FILES, 'manifest.json'].map((name) => textIn('first', name)).join('\n');
    expect(/Wiśniewski|1015 CJ|NL91ABNA|DE8937|redactie@|post\.example/.exec(all)).toBeNull();
    expect(all.includes('"PayoutDetailsChanged"')).toBe(true);
  });

  test('is refused where something lies already, which stays as it is', async () => {
    const before = textIn('first', 'manifest.json');
    const again = await audit(at('first'));
    expect(again).toMatchObject({ exitCode: 1 });
    expect(again.stderr).toMatch(/is not an empty folder/);
    expect(textIn('first', 'manifest.json')).toBe(before);
  });
});

describe('the check', () => {
  /** A copy of the first export of which one file is changed. */
  function changed(file: string, change: (text: string) => string): string {
    const copy = mkdtempSync(at('copy-'));
    cpSync(at('first'), copy, { recursive: true });
    writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')));
    return copy;
  }

  test.for<[string, string, (text: string) => string, RegExp]>([
    [
      'a changed byte',
      'journal.csv',
      (text) => text.replace('debit', 'debyt'),
      /journal\.csv +has other content/,
    ],
    [
      'a row that is gone',
      'payouts.csv',
      (text) => text.split('\r\n').slice(0, -2).join('\r\n'),
      /payouts\.csv +has \d+ bytes, the manifest says/,
    ],
    ['a file of somebody’s own', 'notes.txt', () => 'x', /notes\.txt +is no file of the export/],
    [
      'another chain in the manifest',
      'manifest.json',
      (text) => text.replace(/"chain": "[0-9a-f]{4}/, '"chain": "0000'),
      /chain of events +ends in/,
    ],
  ])('finds %s', async ([, file, change, message]) => {
    const copy =
      file === 'notes.txt' ? changed('README.txt', (text) => text) : changed(file, change);
    if (file === 'notes.txt') writeFileSync(join(copy, file), 'x');
    const { exitCode, stdout, stderr } = await audit(copy, '--check');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(message);
    expect(stderr).toMatch(/is not the export that was made: /);
  });

  test('shows that a later export extends an earlier one, and not the other way round', async () => {
    const forward = await audit(at('second'), '--check', '--extends', at('first'));
    expect(forward).toMatchObject({ exitCode: 0 });
    expect(forward.stdout).toMatch(/^earlier export +as exported$/m);
    const backward = await audit(at('first'), '--check', '--extends', at('second'));
    expect(backward).toMatchObject({ exitCode: 1 });
    expect(backward.stderr).toMatch(/earlier export/);
  });

  test('is one that anybody can do by hand', () => {
    const { log } = manifestIn('first');
    let hash = Buffer.alloc(32);
    const lines = textIn('second', 'events.jsonl').split('\n').slice(0, log.events);
    for (const line of lines) {
      hash = Buffer.from(
        createHash('sha256')
          .update(Buffer.concat([hash, Buffer.from(line)]))
          .digest(),
      );
    }
    expect(hash.toString('hex')).toBe(log.chain);
  });

  test('says so where there is no export', async () => {
    const { exitCode, stderr } = await audit(temporaryFolder(), '--check');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^There is no export in/);
  });
});

const lineSchema = z.object({
  position: z.int(),
  id: z.string(),
  type: z.string(),
  version: z.int(),
  stream: z.string(),
  revision: z.int(),
  occurredAt: z.iso.datetime().transform((text) => Date.parse(text)),
  recordedAt: z.iso.datetime().transform((text) => Date.parse(text)),
  metadata: z.record(z.string(), z.json()),
  data: z.record(z.string(), z.json()),
});

test('the events alone suffice: a replay gives the same books, byte by byte', async () => {
  const replay = temporaryFolder();
  const clock = { now: 0 };
  const file = join(replay, 'events.sqlite');
  const store = openSqliteEventStore({ file, clock: () => clock.now });
  for (const line of textIn('second', 'events.jsonl').trimEnd().split('\n')) {
    const { stream, revision, recordedAt, position, ...event } = lineSchema.parse(JSON.parse(line));
    clock.now = recordedAt;
    const expected = revision === 0 ? 'no_stream' : revision - 1;
    expect(await store.append(stream, [event], expected)).toMatchObject({ ok: true, position });
  }
  const home = await openSqliteReadModelHome({ folder: replay });
  const { readModel, ...opened } = await home.open(await rebuildBeside({ store, home }), 'read');
  const { asOf } = manifestIn('second');
  const target = join(replay, 'export');
  const manifest = await exportAudit({
    store,
    readModel,
    folder: target,
    now: Date.parse(asOf),
    onProgress: () => {},
  });
  await opened.close();
  await home.close();
  await store.close();
  expect(manifest.files).toEqual(manifestIn('second').files);
  for (const name of AUDIT_FILES) {
    expect(readFileSync(join(target, name), 'utf8') === textIn('second', name)).toBe(true);
  }
});

test('where the read model lags, the export ends there and says so', async () => {
  const behind = temporaryFolder();
  const other = await openFinanceOffice(behind);
  await other.api('GET /v1/payout-preview');
  await other.server.stop('SIGTERM');
  const store = openSqliteEventStore({ file: join(behind, 'events.sqlite') });
  const head = await store.head();
  const data = { node: 'test' };
  await store.append(
    'test-1',
    [{ id: crypto.randomUUID(), type: 'Tested', version: 1, occurredAt: 1, data }],
    'no_stream',
  );
  await store.close();
  const target = join(behind, 'export');
  const { exitCode, stderr } = await provisie(['--data', behind, 'audit', target]);
  expect(exitCode).toBe(0);
  expect(stderr).toContain(`Note: the export ends at position ${String(head)}: 1 newer positions`);
  expect(readFileSync(join(target, 'events.jsonl'), 'utf8')).not.toContain('Tested');
});

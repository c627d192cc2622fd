import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verify } from '@provisie/read-model';
import pMap from 'p-map';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { paymentFile } from '../src/index.ts';
import { fileOf, payoutsOf } from './doings.ts';
import { openMerchant, openOffice, openPartner, sell, textOf } from './office.ts';

const CHILD = join(import.meta.dirname, 'broken-off.ts');
let root: string;
let month: string;

interface End {
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

/** Runs the month in a process of its own; `killAt`: the append at which it kills itself. */
function run(folder: string, killAt = 0, when = 'before'): Promise<End> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CHILD, folder, String(killAt), when], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (data) => (output += String(data)));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code !== null && code !== 0) reject(new Error(`ended with ${String(code)}`));
      else resolve({ signal, output });
    });
  });
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'provisie-crash-'));
  month = join(root, 'month');
  mkdirSync(month);
  await using office = await openOffice({ folder: month });
  await openMerchant(office);
  await openPartner(office, 'anna');
  await openPartner(office, 'bram', 'private_person');
  await sell(office, 'o1', 'anna');
  await sell(office, 'o2', 'anna', 60_000);
  await sell(office, 'o3', 'bram');
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** What a month comes to, however often it was broken off. */
async function outcome(folder: string) {
  await using office = await openOffice({ folder });
  await office.caughtUp();
  const report = await verify({ store: office.store, database: office.readModel.database });
  const payouts = await Promise.all(
    ['anna', 'bram'].map(async (partnerId) => {
      const payouts = await payoutsOf(office, partnerId);
      return payouts.map(({ payoutId, status, totalCents, lines, documents }) => ({
        payoutId,
        status,
        totalCents,
        orders: lines.map(({ orderId, amountCents }) => [orderId, amountCents]),
        documents: documents.map(({ number }) => number),
      }));
    }),
  );
  const [runView] = (await office.ports.readModel.payoutRuns({ limit: 5, cursor: null })).rows;
  const file = await paymentFile(office.ports, fileOf(runView?.runId ?? ''));
  const { ledgerViolations, tables } = report;
  const unequal = tables.filter((table) => !table.equal);
  return { payouts, run: runView, ledgerViolations, unequal, file: await textOf(file) };
}

test('a month that is killed at any step and begun again ends as if nothing had happened', async () => {
  const copyOf = (name: string) => {
    const folder = join(root, name);
    cpSync(month, folder, { recursive: true });
    return folder;
  };
  const whole = copyOf('whole');
  const { output } = await run(whole);
  const { appends } = z.object({ appends: z.int() }).parse(JSON.parse(output));
  const expected = await outcome(whole);
  expect(expected.ledgerViolations).toEqual([]);
  expect(expected.payouts.flat().map(({ status, totalCents }) => [status, totalCents])).toEqual([
    ['paid', 19_360],
    ['paid', 10_000],
  ]);

  // Dying after one append leaves what dying before the next does.
  const deaths = [
    [1, 'before'],
    ...Array.from({ length: appends }, (_, index) => [index + 1, 'after']),
  ] as const;
  const endOf = async ([append = 0, when = '']: readonly (number | string)[]) => {
    const folder = copyOf(`killed-${String(when)}-${String(append)}`);
    expect((await run(folder, Number(append), String(when))).signal).toBe('SIGKILL');
    await run(folder);
    const end = await outcome(folder);
    rmSync(folder, { recursive: true });
    return end;
  };
  await pMap(deaths, async (death) => expect(await endOf(death)).toEqual(expected), {
    concurrency: 2,
  });
}, 180_000);

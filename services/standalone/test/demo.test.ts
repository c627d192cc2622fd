import { readFileSync, rmSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { expectedResult } from './oracle/expected.ts';
import { provisie } from './process.ts';

test('the demo, as a process of its own, stops by itself and shows the expected result', async () => {
  const { exitCode, stdout, stderr } = await provisie(['demo']);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  const folder = /The data lie in (\S+)/.exec(stdout)?.[1] ?? '';
  onTestFinished(() => rmSync(folder, { recursive: true }));

  const euros = (cents: number) =>
    `€${(cents / 100).toFixed(2).replaceAll(/\B(?=(\d{3})+\.)/g, ',')}`;
  for (const [partnerId, expected] of expectedResult().partners) {
    const row = stdout.split('\n').find((line) => line.startsWith(`${partnerId} `));
    expect(row?.split(/\s+/)).toEqual([
      partnerId,
      expected.clicks.toLocaleString('en'),
      String(expected.orders),
      euros(expected.commissionCents),
      euros(expected.pendingCents),
      euros(expected.payableCents),
      expected.passesThreshold ? 'yes' : 'no',
    ]);
  }
  expect(stdout).toMatch(/GET \/r\/woonblog-aanbouw → 302 https:\S+click_id=/);
  expect(stdout).toContain('Order draagbalk-90001 was placed');
  expect(stdout).toMatch(/woonblog gets it/);
  expect(stdout).toContain(
    'the coupon VERBOUW5 was not valid when the order was placed; it was withdrawn at',
  );
  expect(stdout).toContain('balances at the end of 2026-10-05');
  expectPayoutRun(stdout);
  expect(stdout).toMatch(/http:\/\/127\.0\.0\.1:\d+\/reference/);
}, 240_000);

/** Who has told where their money goes and may be paid gets what the oracle says is payable, and VAT on top. */
function expectPayoutRun(stdout: string): void {
  const files = [...stdout.matchAll(/^ {5}(\/\S+)$/gm)].map(([, path]) => path ?? '');
  const [bank = '', payouts = '', pdf = '', ubl = ''] = files;
  const rows = z
    .array(z.object({ partner_id: z.string(), net: z.string(), total: z.string() }))
    .parse(parse(readFileSync(payouts), { columns: true }));
  const unpaid = new Set(['duurzaamdak', 'stadsnest']);
  const due = [...expectedResult().partners].filter(
    ([partnerId, { passesThreshold }]) => passesThreshold && !unpaid.has(partnerId),
  );
  expect(rows.map((row) => [row.partner_id, row.net])).toEqual(
    due
      .map(([partnerId, { payableCents }]) => [partnerId, (payableCents / 100).toFixed(2)])
      .sort(([one = ''], [other = '']) => (one < other ? -1 : 1)),
  );
  const cents = rows.reduce((sum, { total }) => sum + Math.round(Number(total) * 100), 0);
  expect(readFileSync(bank, 'utf8')).toContain(`<CtrlSum>${(cents / 100).toFixed(2)}</CtrlSum>`);
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  expect(readFileSync(ubl, 'utf8')).toContain('woonblog-0001');
}

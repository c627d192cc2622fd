import { expect, test } from 'vitest';
import { rmSync } from 'node:fs';
import { expectedResult } from './oracle/expected.ts';
import { provisie } from './process.ts';

test('the demo, as a process of its own, stops by itself and shows the expected result', async () => {
  const { exitCode, stdout, stderr } = await provisie(['demo']);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  rmSync(/The data lie in (\S+)/.exec(stdout)?.[1] ?? '', { recursive: true });

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
  expect(stdout).toMatch(/http:\/\/127\.0\.0\.1:\d+\/reference/);
}, 240_000);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ADMIN_PROBLEMS } from './problems.ts';

test('the reference lists every problem, with its status and title, and no other', () => {
  const page = readFileSync(
    join(import.meta.dirname, '../../../docs/reference/problems.md'),
    'utf8',
  );
  const listed = Array.from(
    page.matchAll(/^\| (\d{3}) +\| `(\w+)` +\| (.+?) +\|$/gm),
    ([, status, code, title]) => [code, { status: Number(status), title }] as const,
  );
  expect(Object.fromEntries(listed)).toEqual(ADMIN_PROBLEMS);
});

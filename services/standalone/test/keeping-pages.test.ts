import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabase, postgresMissing } from '@provisie/postgres-testkit';
import { expect, onTestFinished, test } from 'vitest';
import { commandsOf, typed } from './pages.ts';
import { fillDataFolder, logOf } from './precious-files.ts';
import { temporaryFolder } from './temp-folder.ts';

const PROVISIE = `${process.execPath} ${join(import.meta.dirname, '../src/cli.ts')}`;

test('the page on backups: its commands, in their order', async () => {
  const folder = temporaryFolder();
  await fillDataFolder(join(folder, 'data'), 12);
  const page = typed(commandsOf('how-to/back-up.md'), { PROVISIE }, folder);
  expect({ stderr: page.stderr, status: page.status }).toMatchObject({ status: 0 });
  expect(page.stdout).toContain('Left out: 9 events, positions 4 to 12');
  const log = await logOf(join(folder, 'data'));
  expect(await logOf(join(folder, 'restored'))).toEqual(log);
  expect(await logOf(join(folder, 'earlier'))).toEqual(log.slice(0, 3));
  expect(readdirSync(folder)).toContain('rescued.sqlite');
}, 180_000);

test.skipIf(postgresMissing() !== null)(
  'the page on moving: its commands, in their order, to PostgreSQL',
  async () => {
    const folder = temporaryFolder();
    await fillDataFolder(join(folder, 'data'), 12);
    const [log, keys] = [await createTestDatabase(), await createTestDatabase()];
    onTestFinished(async () => {
      await log.drop();
      await keys.drop();
    });
    const environment = { PROVISIE, TARGET: log.url, VAULT_TARGET: keys.url };
    const page = typed(commandsOf('how-to/move-to-another-store.md'), environment, folder);
    expect({ stderr: page.stderr, status: page.status }).toMatchObject({ status: 0 });
    expect(page.stdout).toContain('read anew and are equal: 12 events');
    expect(page.stdout).toContain('The vault was read back and is equal: 1 keys and 1 secrets');
    expect(page.stdout).not.toContain(new URL(log.url).password);
    expect(page.stdout).toContain('and the ledger balances');
  },
  180_000,
);

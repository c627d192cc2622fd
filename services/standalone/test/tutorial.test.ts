import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { provisie, serverProcess } from './process.ts';
import { temporaryFolder } from './temp-folder.ts';

const PAGE = join(import.meta.dirname, '../../../docs/tutorial/a-first-partner.md');
const isThere = spawnSync('curl', ['--version']).status === 0;

/** The commands of the page, in the order in which a reader types them. */
function commands(): string {
  const page = readFileSync(PAGE, 'utf8');
  return Array.from(page.matchAll(/^```sh\n([^]*?)^```$/gm), ([, block]) => block).join('\n');
}

test.runIf(isThere)('the tutorial’s commands lead where it says', async () => {
  const folder = temporaryFolder();
  const server = await serverProcess(folder);
  onTestFinished(() => void server.stop('SIGKILL'));
  const shell = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', commands()], {
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'] ?? '',
      PROVISIE: server.url,
      ADMIN: server.firstAdminKey ?? '',
    },
  });
  expect(shell.stderr).toBe('');
  expect(shell.status).toBe(0);
  expect(shell.stdout).toContain('"arithmetic":"10.00 % of €895.00 = €89.50"');
  expect(shell.stdout).toContain('"pendingCents":8950');
  expect(shell.stdout).toContain('"missingCents":5000');

  await server.stop('SIGTERM');
  const explained = await provisie(['--data', folder, 'explain', '1001']);
  expect(explained.stdout).toContain('€89.50');
  const verified = await provisie(['--data', folder, 'verify']);
  expect(verified).toMatchObject({ exitCode: 0 });
});

if (!isThere) console.log('skipped the tutorial: it needs curl');

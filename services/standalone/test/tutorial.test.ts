import { expect, onTestFinished, test } from 'vitest';
import { commandsOf, hasCurl, typed } from './pages.ts';
import { provisie, serverProcess } from './process.ts';
import { temporaryFolder } from './temp-folder.ts';

test.runIf(hasCurl)('the tutorial’s commands lead where it says', async () => {
  const folder = temporaryFolder();
  const server = await serverProcess(folder);
  onTestFinished(() => void server.stop('SIGKILL'));
  const keys = { PROVISIE: server.url, ADMIN: server.firstAdminKey ?? '' };
  const shell = typed(commandsOf('tutorial/a-first-partner.md'), keys, folder);
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

if (!hasCurl) console.log('skipped the tutorial: it needs curl');

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '@provisie/client';
import { expect, onTestFinished, test } from 'vitest';
import { serverProcess } from './process.ts';
import { temporaryFolder } from './temp-folder.ts';

const ROOT = join(import.meta.dirname, '../../..');
const CLIENT = join(ROOT, 'packages/client');
/** Of a project that uses the package: strict, and as npm sets one up. */
const COMPILER = {
  target: 'ES2022',
  module: 'NodeNext',
  strict: true,
  noEmit: true,
  types: ['node'],
  typeRoots: [join(CLIENT, 'node_modules/@types')],
};

test('the code of the client’s page has the right types and does what it says, on the client as it is packed', async () => {
  const server = await serverProcess(temporaryFolder());
  onTestFinished(() => void server.stop('SIGKILL'));
  const keys = await openProgramme(server.url, server.firstAdminKey ?? '');
  const project = temporaryFolder();
  installPacked(project);
  const page = readFileSync(join(CLIENT, 'README.md'), 'utf8');
  const code = Array.from(page.matchAll(/^```ts\n([^]*?)^```$/gm), ([, block]) => block).join('\n');
  writeFileSync(join(project, 'page.mts'), code);
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: COMPILER }));

  const types = run(project, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', project], {});
  expect(types).toEqual({ status: 0, stdout: '', stderr: '' });
  const { stdout, ...ended } = run(project, ['page.mts'], { PROVISIE: server.url, ...keys });
  expect(ended).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(
    /^payable 6950, pending 0 \(cents of EUR\)\nwebshop-2001 payable: 6950\nreported before \[/,
  );
});

/** One partner with a coupon; a key for it and one for the shop. */
async function openProgramme(baseUrl: string, key: string) {
  const admin = createClient({ baseUrl, key });
  const since = '2026-01-01T00:00:00Z';
  const hosts = ['shop.example'];
  const whose = { programmeId: 'affiliate', partnerId: 'woonblog' };
  const { programmeId, partnerId } = whose;
  await admin.post('/v1/programmes', {
    body: { programmeId, name: 'Affiliates', hosts, openedAt: since },
  });
  const profile = { name: 'Het Woonblog', email: 'post@woonblog.example' };
  await admin.post('/v1/partners', { body: { partnerId, profile, appliedAt: since } });
  const approval = { path: { partnerId }, body: { approvedAt: since } };
  await admin.post('/v1/partners/{partnerId}/approve', approval);
  await admin.post('/v1/coupons', { body: { ...whose, code: 'WOONBLOG10', issuedAt: since } });
  const shop = await admin.post('/v1/keys', { body: { label: 'Shop', scopes: ['orders'] } });
  const partner = await admin.post('/v1/keys', {
    body: { label: 'Partner', scopes: ['partner'], partnerId },
  });
  return { SHOP: shop.secret ?? '', PARTNER: partner.secret ?? '' };
}

/** Puts what `pnpm pack` makes where an install would. */
function installPacked(project: string): void {
  execFileSync('pnpm', ['pack', '--pack-destination', project], { cwd: CLIENT, stdio: 'pipe' });
  const [file = ''] = readdirSync(project);
  execFileSync('tar', ['xzf', file], { cwd: project });
  const home = join(project, 'node_modules/@provisie');
  mkdirSync(home, { recursive: true });
  cpSync(join(project, 'package'), join(home, 'client'), { recursive: true });
}

function run(cwd: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  return { status, stdout, stderr };
}

import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SECRETS } from '@provisie/privacy';
import { openSqliteVault } from '@provisie/privacy/sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { edgeKeys } from './edge-keys.ts';

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'provisie-edge-keys-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

test('the keys are those of the vault', async () => {
  const file = join(await folder(), 'vault.sqlite');
  const vault = openSqliteVault(file);
  const customers = Buffer.from(await vault.secret(SECRETS.customerKeys)).toString('base64');
  const addresses = Buffer.from(await vault.secret(SECRETS.ipHashes)).toString('base64');
  vault.close();
  expect(await edgeKeys({ PROVISIE_VAULT: `sqlite:${file}` })).toEqual([
    `PROVISIE_CUSTOMER_KEY=${customers}`,
    `PROVISIE_IP_KEY=${addresses}`,
  ]);
});

test('a vault that is not there is not made', async () => {
  const file = join(await folder(), 'vault.sqlite');
  await expect(edgeKeys({ PROVISIE_VAULT: `sqlite:${file}` })).rejects.toThrow(
    `There is no vault at ${file}, `,
  );
  expect(existsSync(file)).toBe(false);
});

test('a vault without the keys is not given any', async () => {
  const file = join(await folder(), 'vault.sqlite');
  openSqliteVault(file).close();
  const asked = { PROVISIE_VAULT: `sqlite:${file}` };
  await expect(edgeKeys(asked)).rejects.toThrow('The vault has no customer-keys yet.');
  await expect(edgeKeys(asked)).rejects.toThrow('The vault has no customer-keys yet.');
});

test('without an address it says which variable is missing', async () => {
  await expect(edgeKeys({})).rejects.toThrow('PROVISIE_VAULT must be the address of the vault');
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteVault } from '@provisie/privacy/sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { createAccountKeys } from './account-keys.ts';
import { maskedIban } from './masked-iban.ts';
import { payoutDetailsSchema } from './payout-details-schema.ts';
import { openPayoutDetails, partnerSubject, sealPayoutDetails } from './sealed-details.ts';

const details = payoutDetailsSchema.parse({
  accountHolder: 'A. de Vries',
  iban: 'NL91ABNA0417164300',
  taxProfile: 'private_person',
  street: 'Keizersgracht 1',
  postalCode: '1015 CJ',
  city: 'Amsterdam',
  country: 'NL',
});

async function openVault() {
  const folder = await mkdtemp(join(tmpdir(), 'provisie-details-'));
  const vault = openSqliteVault(join(folder, 'vault.sqlite'));
  onTestFinished(async () => {
    vault.close();
    await rm(folder, { recursive: true, force: true });
  });
  return vault;
}

test('sealed details open as they were, until the partner is erased', async () => {
  const vault = await openVault();
  const sealed = await sealPayoutDetails(vault, 'woonblog', details);
  expect(JSON.stringify(sealed)).not.toContain('ABNA');
  expect(await openPayoutDetails(vault, sealed)).toEqual(details);
  await vault.erase(partnerSubject('woonblog'));
  expect(await openPayoutDetails(vault, sealed)).toBeNull();
});

test('one account has one key under a secret, and another under another', async () => {
  const keys = createAccountKeys(new Uint8Array(32).fill(1));
  const key = await keys.ofIban('NL91ABNA0417164300');
  expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(await keys.ofIban('NL91ABNA0417164300')).toBe(key);
  expect(await keys.ofIban('DE89370400440532013000')).not.toBe(key);
  const others = createAccountKeys(new Uint8Array(32).fill(2));
  expect(await others.ofIban('NL91ABNA0417164300')).not.toBe(key);
});

test.each([
  ['NL43INGB0001234300', 'NL•• •••• •••• ••43 00'],
  ['DE89370400440532013000', 'DE•• •••• •••• •••• ••30 00'],
  ['BE68539007547034', 'BE•• •••• •••• 7034'],
])('an account is shown by its country and end: %s', (iban, shown) => {
  expect(maskedIban(iban)).toBe(shown);
});

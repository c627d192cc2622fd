import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fromBase64, toBase64Url } from './bytes.ts';
import { openSqliteVault } from './sqlite-vault.ts';
import type { Vault } from './vault.ts';

let folder: string;
let file: string;
const opened: Vault[] = [];

function open(): Vault {
  const vault = openSqliteVault(file);
  opened.push(vault);
  return vault;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'provisie-vault-'));
  file = join(folder, 'data', 'vault.sqlite');
});

afterEach(() => {
  for (const vault of opened.splice(0)) vault.close();
  rmSync(folder, { recursive: true, force: true });
});

const profile = { name: 'Zoë de Vries', email: 'zoe@example.nl', sites: ['https://woonblog.nl'] };

describe('sealing', () => {
  test('opens to what was sealed, in another process too', async () => {
    const sealed = await open().seal('woonblog', profile);
    expect(await open().open(sealed)).toEqual(profile);
  });

  test('tells nothing about subject or content', async () => {
    const vault = open();
    const [one, other] = [
      await vault.seal('woonblog', profile),
      await vault.seal('woonblog', profile),
    ];
    expect(JSON.stringify(one)).not.toMatch(/woonblog|Zoë|de Vries/);
    expect(other.keyId).toBe(one.keyId);
    expect(other.iv).not.toBe(one.iv);
    expect(other.ciphertext).not.toBe(one.ciphertext);
  });

  test('two openings use one key per subject', async () => {
    const vaults = [open(), open(), open(), open()];
    const sealed = await Promise.all(vaults.map((vault) => vault.seal('woonblog', profile)));
    expect(new Set(sealed.map(({ keyId }) => keyId)).size).toBe(1);
  });

  test('gives many new subjects keys at once, and one each', async () => {
    const vault = open();
    const subjects = Array.from({ length: 100 }, (_, n) => `partner-${n % 50}`);
    const sealed = await Promise.all(subjects.map((subject) => vault.seal(subject, { subject })));
    expect(new Set(sealed.map(({ keyId }) => keyId)).size).toBe(50);
    const opened = await Promise.all(sealed.map((one) => open().open(one)));
    expect(opened).toEqual(subjects.map((subject) => ({ subject })));
  });

  test.each(['iv', 'ciphertext'] as const)('refuses a changed %s', async (part) => {
    const vault = open();
    const sealed = await vault.seal('woonblog', profile);
    const bytes = fromBase64(sealed[part]) ?? new Uint8Array();
    for (const index of [0, bytes.length - 1]) {
      const changed = bytes.with(index, (bytes[index] ?? 0) ^ 1);
      await expect(vault.open({ ...sealed, [part]: toBase64Url(changed) })).rejects.toMatchObject({
        code: 'sealed_tampered',
      });
    }
    await expect(vault.open({ ...sealed, [part]: '' })).rejects.toMatchObject({
      code: 'sealed_tampered',
    });
  });

  test("refuses one subject's data under the key of another", async () => {
    const vault = open();
    const [one, other] = [await vault.seal('one', profile), await vault.seal('other', profile)];
    await expect(vault.open({ ...one, keyId: other.keyId })).rejects.toMatchObject({
      code: 'sealed_tampered',
    });
  });

  test('refuses a key that was moved to another subject inside the file', async () => {
    const sealed = await open().seal('one', profile);
    const database = new Database(file);
    database.exec(`UPDATE subject_keys SET subject = 'other'`);
    database.close();
    await expect(open().open(sealed)).rejects.toMatchObject({ code: 'sealed_tampered' });
  });
});

describe('erasing', () => {
  test('leaves nothing that could be opened, for any process', async () => {
    const [vault, other] = [open(), open()];
    const sealed = await vault.seal('woonblog', profile);
    const kept = await vault.seal('reisblog', profile);
    await other.erase('woonblog');
    expect(await vault.open(sealed)).toBeNull();
    expect(await other.open(sealed)).toBeNull();
    expect(await vault.open(kept)).toEqual(profile);
  });

  test('takes with it what is being sealed, and closing leaves nothing waiting', async () => {
    const vault = open();
    const sealing = vault.seal('woonblog', profile);
    await vault.erase('woonblog');
    await expect(sealing).rejects.toMatchObject({ code: 'vault_unavailable' });
    const last = vault.seal('reisblog', profile);
    vault.close();
    await expect(last).rejects.toMatchObject({ code: 'vault_closed' });
  });

  test('takes the key out of the file', async () => {
    const vault = open();
    await vault.seal('woonblog', profile);
    const database = new Database(file, { readonly: true });
    const key = database.prepare<[], Buffer>('SELECT key FROM subject_keys').pluck().get();
    database.close();
    if (key === undefined) throw new Error('there is no key to look for');
    expect(readFileSync(file).includes(key)).toBe(true);
    await vault.erase('woonblog');
    expect(readFileSync(file).includes(key)).toBe(false);
    expect(readFileSync(file).includes('woonblog')).toBe(false);
  });

  test('lets a subject come back under a new key', async () => {
    const vault = open();
    const before = await vault.seal('woonblog', profile);
    await vault.erase('woonblog');
    await vault.erase('woonblog');
    const after = await vault.seal('woonblog', { name: 'Zoë' });
    expect(after.keyId).not.toBe(before.keyId);
    expect(await vault.open(before)).toBeNull();
    expect(await vault.open(after)).toEqual({ name: 'Zoë' });
  });
});

describe('secrets', () => {
  test('are made once, per name, and kept', async () => {
    const [one, two] = [open(), open()];
    const [first, second] = [await one.secret('customers'), await two.secret('customers')];
    expect(first).toHaveLength(32);
    expect(second).toEqual(first);
    expect(await one.secret('addresses')).not.toEqual(first);
    one.close();
    expect(await open().secret('customers')).toEqual(first);
  });
});

describe('the file', () => {
  test('is readable by its owner only, also when it was not', () => {
    open().close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, 0o644);
    open().close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('that is garbage gives a clear error and stays as it was', () => {
    const garbage = 'this is no vault, it is a shopping list. '.repeat(200);
    file = join(folder, 'list.txt');
    writeFileSync(file, garbage);
    expect(open).toThrow(/list\.txt is not a vault/);
    expect(readFileSync(file, 'utf8')).toBe(garbage);
  });

  test('of another program is refused', () => {
    file = join(folder, 'other.sqlite');
    new Database(file).exec('CREATE TABLE t (a)').close();
    expect(open).toThrow(expect.objectContaining({ code: 'vault_foreign' }));
  });

  test('of a newer version is refused', () => {
    open().close();
    const database = new Database(file);
    database.pragma('user_version = 99');
    database.close();
    expect(open).toThrow(expect.objectContaining({ code: 'vault_newer' }));
  });

  test('in a folder that cannot be made gives a clear error', () => {
    writeFileSync(join(folder, 'data'), '');
    expect(open).toThrow(expect.objectContaining({ code: 'vault_unavailable' }));
  });

  test('that is closed says so', async () => {
    const vault = open();
    vault.close();
    vault.close();
    await expect(vault.seal('a', {})).rejects.toMatchObject({ code: 'vault_closed' });
  });
});

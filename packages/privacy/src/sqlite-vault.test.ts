import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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

describe('the file', () => {
  test('loses an erased key at once', async () => {
    const vault = open();
    await vault.seal('woonblog', { name: 'Zoë' });
    const database = new Database(file, { readonly: true });
    const key = database.prepare<[], Buffer>('SELECT key FROM subject_keys').pluck().get();
    database.close();
    if (key === undefined) throw new Error('there is no key to look for');
    expect(readFileSync(file).includes(key)).toBe(true);
    await vault.erase('woonblog');
    expect(readFileSync(file).includes(key)).toBe(false);
    expect(readFileSync(file).includes('woonblog')).toBe(false);
  });

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
});

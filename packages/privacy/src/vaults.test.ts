import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, postgresMissing } from '@provisie/postgres-testkit';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fromBase64, toBase64Url } from './bytes.ts';
import { copyVault } from './copy-vault.ts';
import type { MovableVault } from './key-vault.ts';
import { openPostgresVault } from './postgres-vault.ts';
import { openSqliteVault } from './sqlite-vault.ts';

interface Place {
  open(): Promise<MovableVault>;
  /** Changes what lies there, behind the vault's back. */
  sql(command: string): Promise<void>;
  remove(): Promise<void>;
}

function inFile(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'provisie-vault-'));
  const file = join(folder, 'vault.sqlite');
  return {
    open: async () => openSqliteVault(file),
    sql: async (command) => {
      const database = new Database(file);
      database.exec(command);
      database.close();
    },
    remove: async () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function inPostgres(): Promise<Place> {
  const database = await createTestDatabase();
  const { url } = database;
  return {
    open: () => openPostgresVault(url),
    sql: async (command) => {
      const client = new Client({ connectionString: url });
      await client.connect();
      await client.query(command.replaceAll('subject_keys', 'provisie_vault.subject_keys'));
      await client.end();
    },
    remove: () => database.drop(),
  };
}

const ENGINES = [
  { engine: 'SQLite', isMissing: false, newPlace: async () => inFile() },
  { engine: 'PostgreSQL', isMissing: postgresMissing() !== null, newPlace: inPostgres },
];

const profile = { name: 'Zoë de Vries', email: 'zoe@example.nl', sites: ['https://woonblog.nl'] };

for (const { engine, isMissing, newPlace } of ENGINES) {
  describe.skipIf(isMissing)(`a vault in ${engine}`, () => {
    let place: Place;
    const opened: MovableVault[] = [];

    const open = async () => {
      const vault = await place.open();
      opened.push(vault);
      return vault;
    };

    beforeEach(async () => {
      place = await newPlace();
    });

    afterEach(async () => {
      for (const vault of opened.splice(0)) vault.close();
      await place.remove();
    });

    describe('sealing', () => {
      test('opens to what was sealed, in another process too', async () => {
        const sealed = await (await open()).seal('woonblog', profile);
        expect(await (await open()).open(sealed)).toEqual(profile);
      });

      test('tells nothing about subject or content', async () => {
        const vault = await open();
        const [one, other] = [
          await vault.seal('woonblog', profile),
          await vault.seal('woonblog', profile),
        ];
        expect(JSON.stringify(one)).not.toMatch(/woonblog|Zoë|de Vries/);
        expect(other.keyId).toBe(one.keyId);
        expect(other.iv).not.toBe(one.iv);
        expect(other.ciphertext).not.toBe(one.ciphertext);
      });

      test('many openings use one key per subject, made at the same moment', async () => {
        const vaults = await Promise.all([open(), open(), open(), open()]);
        const subjects = ['woonblog', 'reisblog', 'tuinblog'];
        for (const subject of subjects) {
          const sealed = await Promise.all(vaults.map((vault) => vault.seal(subject, profile)));
          expect(new Set(sealed.map(({ keyId }) => keyId)).size).toBe(1);
        }
      });

      test('gives many new subjects keys at once, and one each', async () => {
        const vault = await open();
        const subjects = Array.from({ length: 100 }, (_, n) => `partner-${n % 50}`);
        const sealed = await Promise.all(
          subjects.map((subject) => vault.seal(subject, { subject })),
        );
        expect(new Set(sealed.map(({ keyId }) => keyId)).size).toBe(50);
        const other = await open();
        const plain = await Promise.all(sealed.map((one) => other.open(one)));
        expect(plain).toEqual(subjects.map((subject) => ({ subject })));
      });

      test.each(['iv', 'ciphertext'] as const)('refuses a changed %s', async (part) => {
        const vault = await open();
        const sealed = await vault.seal('woonblog', profile);
        const bytes = fromBase64(sealed[part]) ?? new Uint8Array();
        for (const index of [0, bytes.length - 1]) {
          const changed = toBase64Url(bytes.with(index, (bytes[index] ?? 0) ^ 1));
          await expect(vault.open({ ...sealed, [part]: changed })).rejects.toMatchObject({
            code: 'sealed_tampered',
          });
        }
        await expect(vault.open({ ...sealed, [part]: '' })).rejects.toMatchObject({
          code: 'sealed_tampered',
        });
      });

      test("refuses one subject's data under the key of another", async () => {
        const vault = await open();
        const [one, other] = [await vault.seal('one', profile), await vault.seal('other', profile)];
        await expect(vault.open({ ...one, keyId: other.keyId })).rejects.toMatchObject({
          code: 'sealed_tampered',
        });
      });

      test('refuses a key that was moved to another subject inside the vault', async () => {
        const sealed = await (await open()).seal('one', profile);
        await place.sql(`UPDATE subject_keys SET subject = 'other'`);
        const vault = await open();
        await expect(vault.open(sealed)).rejects.toMatchObject({ code: 'sealed_tampered' });
      });
    });

    describe('erasing', () => {
      test('leaves nothing that could be opened, for any process', async () => {
        const [vault, other] = [await open(), await open()];
        const sealed = await vault.seal('woonblog', profile);
        const kept = await vault.seal('reisblog', profile);
        await other.erase('woonblog');
        expect(await vault.open(sealed)).toBeNull();
        expect(await other.open(sealed)).toBeNull();
        expect(await vault.open(kept)).toEqual(profile);
      });

      test('takes with it what is being sealed', async () => {
        const vault = await open();
        const sealing = [vault.seal('woonblog', profile), vault.seal('woonblog', profile)];
        await vault.erase('woonblog');
        for (const sealed of await Promise.all(sealing)) {
          expect(await vault.open(sealed)).toBeNull();
        }
      });

      test('lets a subject come back under a new key', async () => {
        const vault = await open();
        const before = await vault.seal('woonblog', profile);
        await vault.erase('woonblog');
        await vault.erase('woonblog');
        const after = await vault.seal('woonblog', { name: 'Zoë' });
        expect(after.keyId).not.toBe(before.keyId);
        expect(await vault.open(before)).toBeNull();
        expect(await vault.open(after)).toEqual({ name: 'Zoë' });
      });
    });

    test('secrets are made once, per name, and kept', async () => {
      const vaults = [await open(), await open(), await open()];
      const secrets = await Promise.all(vaults.map((vault) => vault.secret('customers')));
      const [first] = secrets;
      expect(first).toHaveLength(32);
      expect(secrets).toEqual([first, first, first]);
      const [vault] = vaults;
      expect(await vault?.secret('addresses')).not.toEqual(first);
      vault?.close();
      expect(await (await open()).secret('customers')).toEqual(first);
    });

    test('that is closed says so, and leaves nothing waiting', async () => {
      const vault = await open();
      const last = vault.seal('reisblog', profile);
      vault.close();
      vault.close();
      await expect(last).rejects.toMatchObject({ code: 'vault_closed' });
      await expect(vault.seal('a', {})).rejects.toMatchObject({ code: 'vault_closed' });
      await expect(vault.secret('a')).rejects.toMatchObject({ code: 'vault_closed' });
    });

    describe.each(ENGINES)('copied to $engine', (target) => {
      test.skipIf(target.isMissing)(
        'opens everything, and the proof says what was copied',
        async () => {
          const vault = await open();
          const sealed = [await vault.seal('woonblog', profile), await vault.seal('Zoë', { a: 1 })];
          const secret = await vault.secret('customers');
          const otherPlace = await target.newPlace();
          const copy = await otherPlace.open();
          try {
            const proof = await copyVault(vault, copy);
            expect(proof).toMatchObject({ subjectKeys: 2, secrets: 1 });
            expect(await copy.open(sealed[0] ?? { keyId: '', iv: '', ciphertext: '' })).toEqual(
              profile,
            );
            expect(await copy.secret('customers')).toEqual(secret);
            // Broken off and made again.
            expect(await copyVault(vault, copy)).toEqual(proof);
            await vault.erase('woonblog');
            await expect(copyVault(vault, copy)).rejects.toMatchObject({ code: 'vault_not_empty' });
            expect(await copy.open(sealed[1] ?? { keyId: '', iv: '', ciphertext: '' })).toEqual({
              a: 1,
            });
          } finally {
            copy.close();
            await otherPlace.remove();
          }
        },
      );
    });
  });
}
